package dev.resilience.spring.aop;

import dev.resilience.Guard;
import org.aopalliance.intercept.MethodInvocation;

/** Where a plan gets the guard of a call from. */
sealed interface GuardSource permits PlainGuard, KeyedGuards {

    /** Returns the guard of a call. */
    Guard of(MethodInvocation invocation);

    /** Makes the names of this guard known to the registries, if they were not yet. */
    void bind();
}
