package dev.resilience.spring.aop;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a method of what its annotations say, and checks all of it. */
final class PlanResolver {

    private final Registries registries;
    private final GuardNames names;
    private final Consumer<GuardedMethod> orderCheck;

    PlanResolver(Registries registries, GuardNames names, Consumer<GuardedMethod> orderCheck) {
        this.registries = registries;
        this.names = names;
        this.orderCheck = orderCheck;
    }

    /**
     * Returns the plan of a method.
     *
     * @throws InvalidGuardException if its annotations cannot be followed
     */
    GuardPlan resolve(GuardedMethod guarded, GuardAnnotations annotations) {
        annotations.all().forEach(annotation -> MethodRules.check(annotation, guarded));
        orderCheck.accept(guarded);
        GuardFamilies families = new GuardFamilies(
                registries,
                guarded,
                names.register(annotations.breaker(), guarded),
                names.register(annotations.bulkhead(), guarded));
        return GuardPlan.of(guarded.method(), source(families, annotations, guarded), fallback(annotations, guarded));
    }

    private static GuardSource source(GuardFamilies families, GuardAnnotations annotations, GuardedMethod guarded) {
        KeyExpression ofBreaker = key(annotations.breaker(), guarded);
        KeyExpression ofBulkhead = annotations.haveTheSameKey() ? ofBreaker : key(annotations.bulkhead(), guarded);
        CallCriticality criticality = CallCriticality.of(annotations.bulkhead(), guarded);
        return ofBreaker == null && ofBulkhead == null && !criticality.differsByCall()
                ? new PlainGuard(families, criticality.fixed())
                : new KeyedGuards(families, ofBreaker, ofBulkhead, criticality);
    }

    private static @Nullable KeyExpression key(@Nullable GuardAnnotation annotation, GuardedMethod guarded) {
        return annotation != null && annotation.hasKey() ? KeyExpression.ofKey(annotation, guarded) : null;
    }

    private static @Nullable Fallback fallback(GuardAnnotations annotations, GuardedMethod guarded) {
        return Fallback.of(fallbacks(annotations.breaker(), guarded), fallbacks(annotations.bulkhead(), guarded));
    }

    private static List<FallbackMethod> fallbacks(@Nullable GuardAnnotation annotation, GuardedMethod guarded) {
        return annotation == null ? List.of() : Fallbacks.of(annotation, guarded);
    }
}
