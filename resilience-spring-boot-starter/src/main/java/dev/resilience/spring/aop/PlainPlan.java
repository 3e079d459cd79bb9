package dev.resilience.spring.aop;

import dev.resilience.Guard;
import dev.resilience.GuardedCall;
import dev.resilience.Recovery;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** The plan of a method whose result is there when it returns. */
final class PlainPlan implements GuardPlan {

    private static final GuardedCall<MethodInvocation, @Nullable Object, Throwable> PROCEED = MethodInvocation::proceed;

    private final GuardSource guards;
    private final @Nullable Recovery<MethodInvocation, @Nullable Object, Throwable> fallback;

    PlainPlan(GuardSource guards, @Nullable Fallback fallback) {
        this.guards = guards;
        this.fallback = fallback;
    }

    @Override
    public @Nullable Object call(MethodInvocation invocation) throws Throwable {
        Guard guard = guards.of(invocation);
        return fallback == null ? guard.call(invocation, PROCEED) : guard.call(invocation, PROCEED, fallback);
    }

    @Override
    public void bind() {
        guards.bind();
    }
}
