package dev.resilience.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** Lets a native image bind the records of all capabilities and read their components. */
final class PropertiesHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        BindableRuntimeHintsRegistrar.forTypes(KnownKeys.RECORDS.toArray(Class<?>[]::new))
                .registerHints(hints, classLoader);
        BindableRuntimeHintsRegistrar.forTypes(DataRedis.class).registerHints(hints, classLoader);
    }
}
