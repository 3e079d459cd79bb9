package dev.resilience.spring.aop;

import dev.resilience.Guard;
import dev.resilience.GuardedCall;
import dev.resilience.Recovery;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** All that is known before a call of a guarded method is made; resolved once. */
final class GuardPlan {

    private static final GuardedCall<MethodInvocation, @Nullable Object, Throwable> PROCEED = MethodInvocation::proceed;

    private final GuardSource guards;
    private final @Nullable Recovery<MethodInvocation, @Nullable Object, Throwable> fallback;

    GuardPlan(GuardSource guards, @Nullable Recovery<MethodInvocation, @Nullable Object, Throwable> fallback) {
        this.guards = guards;
        this.fallback = fallback;
    }

    @Nullable
    Object call(MethodInvocation invocation) throws Throwable {
        Guard guard = guards.of(invocation);
        return fallback == null ? guard.call(invocation, PROCEED) : guard.call(invocation, PROCEED, fallback);
    }

    void bind() {
        guards.bind();
    }
}
