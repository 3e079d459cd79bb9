package dev.resilience.spring.aop;

import dev.resilience.Guard;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** One guard for all calls of a method, looked up once. */
final class PlainGuard implements GuardSource {

    private final GuardFamilies families;
    private volatile @Nullable Guard guard;

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

    /** Harmless when done twice: registries return the same instances, and a guard has no state of its own. */
    private Guard bound() {
        Guard bound = families.guard(null, null);
        guard = bound;
        return bound;
    }
}
