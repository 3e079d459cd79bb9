package dev.resilience.spring.aop;

import dev.resilience.Name;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.aop.support.AopUtils;

/** Which methods each guard protects, of the beans created so far. Safe for use by many threads. */
public final class GuardedMethods {

    private final Map<GuardKind, Map<String, Entry>> entries = new EnumMap<>(GuardKind.class);
    private final Map<GuardedMethod, Name> breakers = new LinkedHashMap<>();

    private record Entry(Name name, GuardedMethod first, SortedSet<String> signatures) {}

    /** Creates an empty list. */
    public GuardedMethods() {}

    /**
     * Returns the methods that a guard protects, as {@code PaymentClient.pay(Order)}, in alphabetical order.
     *
     * @param name in any spelling
     */
    public synchronized List<String> of(GuardKind kind, String name) {
        Entry entry = of(kind).get(Name.canonical(name));
        return entry == null ? List.of() : List.copyOf(entry.signatures());
    }

    /** Returns the names that annotations use for a kind of guard, spelt as they spell them, in alphabetical order. */
    public synchronized List<String> names(GuardKind kind) {
        return of(kind).values().stream()
                .map(entry -> entry.name().text())
                .sorted()
                .toList();
    }

    private Map<String, Entry> of(GuardKind kind) {
        return entries.computeIfAbsent(kind, each -> new HashMap<>());
    }

    /** Returns the name of the breaker that protects a method or what implements it, or the one that it would have. */
    public synchronized String breakerOf(Method method) {
        return breakers.entrySet().stream()
                .filter(entry -> isCalledAs(method, entry.getKey()))
                .map(entry -> entry.getValue().text())
                .findFirst()
                .orElseGet(() -> GuardNames.defaultName(new GuardedMethod(method.getDeclaringClass(), method)));
    }

    private static boolean isCalledAs(Method method, GuardedMethod guarded) {
        return method.getDeclaringClass().isAssignableFrom(guarded.owner())
                && AopUtils.getMostSpecificMethod(method, guarded.owner()).equals(guarded.method());
    }

    synchronized void add(GuardKind kind, Name name, GuardedMethod method) {
        Entry entry = of(kind).computeIfAbsent(name.canonical(), form -> new Entry(name, method, new TreeSet<>()));
        if (!entry.name().text().equals(name.text())) {
            throw new InvalidGuardException(
                    "Two %ss have names that differ only in their spelling: '%s' on %s and '%s' on %s."
                            .formatted(kind.name().toLowerCase(Locale.ROOT), entry.name(), entry.first(), name, method),
                    "Spell the name the same in both places, or choose names that differ in letters or digits.");
        }
        entry.signatures().add(method.signature());
        if (kind == GuardKind.BREAKER) {
            breakers.put(method, name);
        }
    }
}
