package dev.resilience.spring.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Runs the calls of one method by its plan. One a method, so that no call has to look its plan up. */
final class GuardInterceptor implements MethodInterceptor {

    private final GuardPlan plan;

    GuardInterceptor(GuardPlan plan) {
        this.plan = plan;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        return plan.call(invocation);
    }
}
