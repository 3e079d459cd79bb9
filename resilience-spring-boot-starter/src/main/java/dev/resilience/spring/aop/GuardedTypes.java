package dev.resilience.spring.aop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The guarded methods of all kinds of beans, resolved when the first bean of a kind is created. */
final class GuardedTypes {

    private final PlanResolver resolver;
    private final Map<BeanType, Optional<GuardedType>> known = new ConcurrentHashMap<>();

    GuardedTypes(PlanResolver resolver) {
        this.resolver = resolver;
    }

    /** Returns the guarded methods of a kind of bean, if it has any. */
    Optional<GuardedType> of(BeanType type) {
        return known.computeIfAbsent(type, this::resolve);
    }

    /** Returns whether a kind of bean has annotated methods, without resolving them. */
    boolean areAnnotated(BeanType type) {
        Optional<GuardedType> present = known.get(type);
        return present != null ? present.isPresent() : type.owners().stream().anyMatch(GuardAnnotations::areOn);
    }

    private Optional<GuardedType> resolve(BeanType type) {
        List<Class<?>> owners = type.owners();
        Map<GuardedMethod, GuardPlan> plans = new LinkedHashMap<>();
        for (Class<?> owner : owners) {
            GuardAnnotations.of(owner).forEach((method, annotations) -> {
                GuardedMethod guarded = new GuardedMethod(owner, method);
                plans.put(guarded, resolver.resolve(guarded, annotations));
            });
        }
        return plans.isEmpty() ? Optional.empty() : Optional.of(new GuardedType(owners, plans));
    }

    /** Makes the names of all plans so far known to the registries. */
    void bind() {
        known.values().forEach(type -> type.ifPresent(GuardedType::bind));
    }
}
