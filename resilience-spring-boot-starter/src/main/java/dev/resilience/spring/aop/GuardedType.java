package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** The guarded methods of one kind of bean. Methods are found by what a proxy calls, be it the interface's or a bridge. */
final class GuardedType {

    private final List<Class<?>> owners;
    private final Map<Method, GuardPlan> plans;
    private final GuardAdvisor advisor;
    private final Map<Method, GuardPlan> called = new ConcurrentHashMap<>();

    /**
     * Creates one.
     *
     * @param owners the bean's class, and the interfaces that it does not implement, in the order in which they are asked
     * @param plans by the owners' own methods
     */
    GuardedType(List<Class<?>> owners, Map<Method, GuardPlan> plans) {
        this.owners = owners;
        this.plans = plans;
        this.advisor = new GuardAdvisor(this);
    }

    /** Returns the plan of a method, or null if it is not guarded. */
    @Nullable
    GuardPlan plan(Method method) {
        GuardPlan known = called.get(method);
        return known == null ? find(method) : known;
    }

    private @Nullable GuardPlan find(Method method) {
        for (Class<?> owner : owners) {
            GuardPlan plan = plans.get(AopUtils.getMostSpecificMethod(method, owner));
            if (plan != null) {
                called.put(method, plan);
                return plan;
            }
        }
        return null;
    }

    /** Makes the names of its guards known to the registries. */
    void bind() {
        plans.values().forEach(GuardPlan::bind);
    }

    GuardAdvisor advisor() {
        return advisor;
    }
}
