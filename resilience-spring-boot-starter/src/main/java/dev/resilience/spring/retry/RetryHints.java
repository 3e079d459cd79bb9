package dev.resilience.spring.retry;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Lets a native image create the predicate that annotations name. */
public final class RetryHints implements RuntimeHintsRegistrar {

    /** Creates it. */
    public RetryHints() {}

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection().registerType(NotRejected.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
    }
}
