package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** The guarded methods of one kind of bean. They are found by what a proxy calls, be it the interface's method or a bridge. */
final class GuardedType {

    private final List<Class<?>> owners;
    private final Map<GuardedMethod, GuardPlan> plans;
    private final List<GuardAdvisor> advisors = new ArrayList<>();
    private final Map<Method, Optional<GuardedMethod>> called = new ConcurrentHashMap<>();

    /**
     * Creates one.
     *
     * @param owners the bean's class, and the interfaces that it does not implement, in the order in which they are asked
     * @param plans those of the owners' methods
     */
    GuardedType(List<Class<?>> owners, Map<GuardedMethod, GuardPlan> plans) {
        this.owners = owners;
        this.plans = plans;
        plans.forEach((method, plan) -> advisors.add(new GuardAdvisor(this, method, plan)));
    }

    /** Returns one for each guarded method. */
    List<GuardAdvisor> advisors() {
        return advisors;
    }

    /** Returns what a method that a proxy calls is to the bean; null if that is not guarded. */
    @Nullable
    GuardedMethod guarded(Method method) {
        return called.computeIfAbsent(method, this::find).orElse(null);
    }

    private Optional<GuardedMethod> find(Method method) {
        return owners.stream()
                .map(owner -> new GuardedMethod(owner, AopUtils.getMostSpecificMethod(method, owner)))
                .filter(plans::containsKey)
                .findFirst();
    }

    /** Makes the names of its guards known to the registries. */
    void bind() {
        plans.values().forEach(GuardPlan::bind);
    }
}
