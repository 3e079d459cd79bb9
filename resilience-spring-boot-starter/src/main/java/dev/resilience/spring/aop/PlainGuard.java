package dev.resilience.spring.aop;

import dev.resilience.Criticality;
import dev.resilience.Guard;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** One guard for all calls of a method, looked up once. */
final class PlainGuard implements GuardSource {

    private final GuardFamilies families;
    private final @Nullable Criticality criticality;
    /** Written without a lock or a barrier: a guard is immutable, and any of them is as good as another. */
    private @Nullable Guard guard;

    PlainGuard(GuardFamilies families, @Nullable Criticality criticality) {
        this.families = families;
        this.criticality = criticality;
    }

    @Override
    public Guard of(MethodInvocation invocation) {
        Guard bound = guard;
        return bound == null ? bound() : bound;
    }

    @Override
    public void bind() {
        families.bind();
        bound();
    }

    private Guard bound() {
        Guard plain = families.guard(null, null);
        Guard bound = criticality == null ? plain : plain.withCriticality(criticality);
        guard = bound;
        return bound;
    }
}
