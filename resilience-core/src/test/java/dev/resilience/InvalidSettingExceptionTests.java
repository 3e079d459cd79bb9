package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidSettingExceptionTests {

    @Test
    void carriesThePartsOfItsMessage() {
        InvalidSettingException refused = catchThrowableOfType(
                InvalidSettingException.class,
                () -> InvalidSettingException.require(false, "open.multiplier", 0.5, "must be 1 to 100"));
        assertThat(refused).hasMessage("Invalid open.multiplier (0.5): must be 1 to 100");
        assertThat(refused.setting()).isEqualTo("open.multiplier");
        assertThat(refused.value()).isEqualTo("0.5");
        assertThat(refused.rule()).isEqualTo("must be 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PT0S", "PT-1S", "PT-0.000000001S", "P366D", "P365DT0.000000001S", "PT2562047788015215H30M7S"})
    void refusesADurationThatIsNotAboveZeroAndAtMostAYear(String text) {
        Duration duration = Duration.parse(text);
        InvalidValues.assertRefused(
                () -> positive(duration), "Invalid window (" + duration + "): must be above 0 and at most 365 days");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT-0.000000001S", "P366D", "PT2562047788015215H30M7S"})
    void refusesADurationThatIsNegativeOrAboveAYear(String text) {
        Duration duration = Duration.parse(text);
        InvalidValues.assertRefused(
                () -> notNegative(duration),
                "Invalid max-wait (" + duration + "): must be at least 0 and at most 365 days");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000000001S", "P365D"})
    void takesTheEndsOfTheRange(String text) {
        Duration duration = Duration.parse(text);
        assertThatCode(() -> positive(duration)).doesNotThrowAnyException();
        assertThatCode(() -> notNegative(duration)).doesNotThrowAnyException();
        assertThatCode(() -> notNegative(Duration.ZERO)).doesNotThrowAnyException();
    }

    private static Duration positive(Duration duration) {
        InvalidSettingException.requirePositive(duration, "window");
        return duration;
    }

    private static Duration notNegative(Duration duration) {
        InvalidSettingException.requireNotNegative(duration, "max-wait");
        return duration;
    }
}
