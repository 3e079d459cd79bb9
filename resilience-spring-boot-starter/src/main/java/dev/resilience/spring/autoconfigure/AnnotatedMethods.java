package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import dev.resilience.spring.actuate.MethodDirectory;
import dev.resilience.spring.aop.GuardKind;
import dev.resilience.spring.aop.GuardedMethods;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the endpoint which methods the annotations guard.
 *
 * @param methods null where nothing is guarded by annotation
 */
record AnnotatedMethods(@Nullable GuardedMethods methods) implements MethodDirectory {

    @Override
    public List<String> ofBreaker(Name name) {
        return methods == null ? List.of() : methods.of(GuardKind.BREAKER, name.text());
    }

    @Override
    public List<String> ofBulkhead(Name name) {
        return methods == null ? List.of() : methods.of(GuardKind.BULKHEAD, name.text());
    }
}
