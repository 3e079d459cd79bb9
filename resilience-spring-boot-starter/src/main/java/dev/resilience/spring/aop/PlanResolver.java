package dev.resilience.spring.aop;

import dev.resilience.Name;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a method of what its annotations say, and checks all of it. */
final class PlanResolver {

    private final Registries registries;
    private final GuardedMethods methods;
    private final NamePolicy policy;
    private final GuardNames names;

    PlanResolver(Registries registries, GuardedMethods methods, NamePolicy policy, UnaryOperator<String> placeholders) {
        this.registries = registries;
        this.methods = methods;
        this.policy = policy;
        this.names = new GuardNames(placeholders);
    }

    /**
     * Returns the plan of a method.
     *
     * @throws InvalidGuardException if its annotations cannot be followed
     */
    GuardPlan resolve(Class<?> owner, Method method, GuardAnnotations annotations) {
        GuardedMethod guarded = new GuardedMethod(owner, method);
        annotations.all().forEach(annotation -> MethodRules.check(annotation, guarded));
        GuardFamilies families = new GuardFamilies(
                registries, name(annotations.breaker(), guarded), name(annotations.bulkhead(), guarded));
        return new GuardPlan(source(families, annotations, guarded), fallback(annotations, guarded));
    }

    private @Nullable Name name(@Nullable GuardAnnotation annotation, GuardedMethod guarded) {
        if (annotation == null) {
            return null;
        }
        Name name = names.nameOf(annotation, guarded);
        policy.check(annotation.kind(), name, guarded.signature());
        methods.add(annotation.kind(), name, guarded);
        return name;
    }

    private static GuardSource source(GuardFamilies families, GuardAnnotations annotations, GuardedMethod guarded) {
        KeyExpression ofBreaker = key(annotations.breaker(), guarded);
        KeyExpression ofBulkhead = annotations.haveTheSameKey() ? ofBreaker : key(annotations.bulkhead(), guarded);
        return ofBreaker == null && ofBulkhead == null
                ? new PlainGuard(families)
                : new KeyedGuards(families, ofBreaker, ofBulkhead);
    }

    private static @Nullable KeyExpression key(@Nullable GuardAnnotation annotation, GuardedMethod guarded) {
        return annotation == null || annotation.key().isEmpty() ? null : KeyExpression.of(annotation, guarded);
    }

    private static @Nullable Fallback fallback(GuardAnnotations annotations, GuardedMethod guarded) {
        return Fallback.of(fallbacks(annotations.breaker(), guarded), fallbacks(annotations.bulkhead(), guarded));
    }

    private static List<FallbackMethod> fallbacks(@Nullable GuardAnnotation annotation, GuardedMethod guarded) {
        return Stream.ofNullable(annotation)
                .flatMap(present -> Fallbacks.of(present, guarded).stream())
                .toList();
    }
}
