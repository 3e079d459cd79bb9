package dev.resilience.spring.aop;

import dev.resilience.Guard;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** A guard for each key and criticality that the calls of a method have. */
final class KeyedGuards implements GuardSource {

    private final GuardFamilies families;
    private final @Nullable KeyExpression breakerKey;
    private final @Nullable KeyExpression bulkheadKey;
    private final CallCriticality criticality;

    KeyedGuards(
            GuardFamilies families,
            @Nullable KeyExpression breakerKey,
            @Nullable KeyExpression bulkheadKey,
            CallCriticality criticality) {
        this.families = families;
        this.breakerKey = breakerKey;
        this.bulkheadKey = bulkheadKey;
        this.criticality = criticality;
    }

    @Override
    public Guard of(MethodInvocation invocation) {
        String ofBreaker = breakerKey == null ? null : breakerKey.valueFor(invocation);
        return criticality.applied(families.guard(ofBreaker, ofBulkhead(invocation, ofBreaker)), invocation);
    }

    private @Nullable String ofBulkhead(MethodInvocation invocation, @Nullable String ofBreaker) {
        if (bulkheadKey == null) {
            return null;
        }
        return breakerKey == bulkheadKey ? ofBreaker : bulkheadKey.valueFor(invocation);
    }

    @Override
    public void bind() {
        families.bind();
    }
}
