package dev.resilience.spring.aop;

import dev.resilience.Guard;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** One guard for all calls of a method, looked up once. */
final class PlainGuard implements GuardSource {

    private final GuardFamilies families;
    /** Written without a lock or a barrier: a guard is immutable, and any of them is as good as another. */
    private @Nullable Guard guard;

    PlainGuard(GuardFamilies families) {
        this.families = families;
    }

    @Override
    public Guard of(MethodInvocation invocation) {
        Guard bound = guard;
        return bound == null ? bound() : bound;
    }

    @Override
    public void bind() {
        bound();
    }

    private Guard bound() {
        Guard bound = families.guard(null, null);
        guard = bound;
        return bound;
    }
}
