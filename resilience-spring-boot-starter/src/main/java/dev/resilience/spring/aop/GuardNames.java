package dev.resilience.spring.aop;

import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that annotations mean. */
final class GuardNames {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private final UnaryOperator<String> placeholders;
    private final GuardedMethods methods;
    private final NamePolicy policy;
    private final Queue<Use> unchecked = new ConcurrentLinkedQueue<>();

    private record Use(GuardKind kind, Name name, GuardedMethod method) {}

    GuardNames(UnaryOperator<String> placeholders, GuardedMethods methods, NamePolicy policy) {
        this.placeholders = placeholders;
        this.methods = methods;
        this.policy = policy;
    }

    /**
     * Returns the name that an annotation means for a method, and keeps that the method is guarded under it; null without annotation.
     *
     * @throws InvalidGuardException if it is no name, or one that is spelt differently elsewhere
     */
    @Nullable
    Name register(@Nullable GuardAnnotation annotation, GuardedMethod method) {
        if (annotation == null) {
            return null;
        }
        Name name = nameOf(annotation, method);
        methods.add(annotation.kind(), name, method);
        unchecked.add(new Use(annotation.kind(), name, method));
        return name;
    }

    /** Asks the policy about the names that were registered since it was last asked. */
    void check() {
        for (Use use = unchecked.poll(); use != null; use = unchecked.poll()) {
            policy.check(use.kind(), use.name(), use.method().toString());
        }
    }

    private Name nameOf(GuardAnnotation annotation, GuardedMethod method) {
        String text = resolved(annotation, method);
        try {
            return Name.of(text.isBlank() ? defaultName(method) : text);
        } catch (InvalidSettingException invalid) {
            throw new InvalidGuardException(
                    "%s on %s has no valid name: %s %s.".formatted(annotation, method, invalid.value(), invalid.rule()),
                    "Give the annotation a name that does.",
                    invalid);
        }
    }

    private String resolved(GuardAnnotation annotation, GuardedMethod method) {
        try {
            return placeholders.apply(annotation.name());
        } catch (IllegalArgumentException unresolved) {
            throw new InvalidGuardException(
                    "The name of %s on %s cannot be resolved: %s."
                            .formatted(annotation, method, unresolved.getMessage()),
                    "Set the property, or give the placeholder a default, as in ${payments.guard:payments}.",
                    unresolved);
        }
    }

    /** Returns {@code payment-client-pay} for {@code PaymentClient.pay}. */
    static String defaultName(GuardedMethod method) {
        return kebab(method.owner().getSimpleName())
                + '-'
                + kebab(method.method().getName());
    }

    private static String kebab(String camel) {
        return WORD_START.matcher(camel).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
