package dev.resilience;

import static dev.resilience.InvalidValues.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnforcementTests {

    @ParameterizedTest
    @ValueSource(ints = {-1, 101, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesARolloutThatIsNoPercentage(int rollout) {
        assertRefused(
                () -> new Enforcement(GuardMode.ENFORCE, rollout),
                "Invalid rollout (" + rollout + "): must be 0 to 100 percent");
    }

    @Test
    void drawsOnlyWhereTheRolloutIsPartial() {
        assertThat(new Enforcement(GuardMode.ENFORCE, 100).enforces(EnforcementTests::drawn))
                .isTrue();
        assertThat(new Enforcement(GuardMode.ENFORCE, 0).enforces(EnforcementTests::drawn))
                .isFalse();
    }

    @Test
    void enforcesTheShareOfTheRollout() {
        Enforcement quarter = new Enforcement(GuardMode.ENFORCE, 25);
        assertThat(quarter.enforces(() -> 0)).isTrue();
        assertThat(quarter.enforces(() -> 0.2499)).isTrue();
        assertThat(quarter.enforces(() -> 0.25)).isFalse();
        assertThat(quarter.enforces(() -> Math.nextDown(1.0))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SHADOW", "OFF"})
    void enforcesNothingInOtherModes(GuardMode mode) {
        assertThat(new Enforcement(mode, 100).enforces(EnforcementTests::drawn)).isFalse();
    }

    private static double drawn() {
        throw new AssertionError("drawn where nothing is to decide");
    }
}
