package dev.resilience.spring.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs the calls of one kind of bean by the plans of its methods. */
final class GuardInterceptor implements MethodInterceptor {

    private final GuardedType type;

    GuardInterceptor(GuardedType type) {
        this.type = type;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        GuardPlan plan = type.plan(invocation.getMethod());
        return plan == null ? invocation.proceed() : plan.call(invocation);
    }
}
