package dev.resilience;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;

/** The setting that a configuration refuses, with the whole message. */
public final class InvalidValues {

    private InvalidValues() {}

    public static void assertRefused(Supplier<?> configuration, String message) {
        assertThatThrownBy(configuration::get)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message);
    }
}
