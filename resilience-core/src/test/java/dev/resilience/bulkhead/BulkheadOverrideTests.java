package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator lays over one setting leaves the others as they are. */
class BulkheadOverrideTests {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final BulkheadConfig BENEATH = BulkheadConfig.DEFAULTS
            .withEnforcement(new Enforcement(GuardMode.ENFORCE, 60))
            .withQueue(3, Duration.ofSeconds(1));
    private static final BulkheadOverride ALL = new BulkheadOverride(GuardMode.SHADOW, 30, 7, 9, WAIT);

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of(
                        "mode",
                        new BulkheadOverride(GuardMode.SHADOW, null, null, null, null),
                        BENEATH.withEnforcement(new Enforcement(GuardMode.SHADOW, 60))),
                Arguments.of(
                        "rollout",
                        new BulkheadOverride(null, 30, null, null, null),
                        BENEATH.withEnforcement(new Enforcement(GuardMode.ENFORCE, 30))),
                Arguments.of(
                        "max-concurrent",
                        new BulkheadOverride(null, null, 7, null, null),
                        BENEATH.withMaxConcurrent(7)),
                Arguments.of(
                        "max-queue",
                        new BulkheadOverride(null, null, null, 9, null),
                        BENEATH.withQueue(9, Duration.ofSeconds(1))),
                Arguments.of(
                        "max-wait", new BulkheadOverride(null, null, null, null, WAIT), BENEATH.withQueue(3, WAIT)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void replacesTheSettingAndNamesIt(String key, BulkheadOverride override, BulkheadConfig expected) {
        assertThat(override.over(BENEATH)).isEqualTo(expected);
        assertThat(override.keys()).containsExactly(key);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void staysUnderANewerOneWhereThatNamesAnother(String key, BulkheadOverride override, BulkheadConfig expected) {
        BulkheadOverride both = override.replacedBy(BulkheadOverride.NONE);

        assertThat(both).isEqualTo(override);
        assertThat(ALL.replacedBy(override).keys()).contains(key).hasSize(5);
    }

    @Test
    void isReplacedWhereANewerOneNamesTheSame() {
        BulkheadOverride older = new BulkheadOverride(GuardMode.OFF, 1, 2, 3, Duration.ofSeconds(4));

        assertThat(older.replacedBy(ALL)).isEqualTo(ALL);
    }

    @Test
    void namesNothingWhereItReplacesNothing() {
        assertThat(BulkheadOverride.NONE.over(BENEATH)).isEqualTo(BENEATH);
        assertThat(BulkheadOverride.NONE.keys()).isEqualTo(List.of());
    }
}
