package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;

/** All that is known before a call of a guarded method is made; resolved once. */
sealed interface GuardPlan permits PlainPlan, StagePlan, PublisherPlan {

    /** Returns the plan of a method of which {@link MethodRules} found that it can be guarded. */
    static GuardPlan of(Method method, GuardSource guards, @Nullable Fallback fallback) {
        return switch (ReturnKind.of(method)) {
            case STAGE, FUTURE -> new StagePlan(guards, fallback);
            case PUBLISHER ->
                KotlinDetector.isSuspendingFunction(method)
                        ? PublisherPlan.ofSuspending(guards, fallback)
                        : PublisherPlan.of(method.getReturnType(), guards, fallback);
            case PLAIN, OTHER_FUTURE, OTHER_PUBLISHER, PUBLISHER_WITHOUT_REACTOR -> new PlainPlan(guards, fallback);
        };
    }

    /** Makes a call, or says how it will be made. */
    @Nullable
    Object call(MethodInvocation invocation) throws Throwable;

    /** Makes the names of the guard known to the registries. */
    void bind();
}
