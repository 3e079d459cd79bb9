package dev.resilience.spring.aop;

import dev.resilience.Guard;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** A guard for each key that the calls of a method have. */
final class KeyedGuards implements GuardSource {

    private final GuardFamilies families;
    private final @Nullable KeyExpression breakerKey;
    private final @Nullable KeyExpression bulkheadKey;

    KeyedGuards(GuardFamilies families, @Nullable KeyExpression breakerKey, @Nullable KeyExpression bulkheadKey) {
        this.families = families;
        this.breakerKey = breakerKey;
        this.bulkheadKey = bulkheadKey;
    }

    @Override
    public Guard of(MethodInvocation invocation) {
        String ofBreaker = breakerKey == null ? null : breakerKey.valueFor(invocation);
        if (bulkheadKey == null) {
            return families.guard(ofBreaker, null);
        }
        return families.guard(ofBreaker, breakerKey == bulkheadKey ? ofBreaker : bulkheadKey.valueFor(invocation));
    }

    @Override
    public void bind() {
        families.guard(null, null);
    }
}
