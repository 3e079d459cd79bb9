package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is shown to have moved a breaker, and why. */
class AttributionTests {

    private static final Attribution ANN = new Attribution("ann", "provider is back");

    private final BreakerFixture at = new BreakerFixture(BreakerFixture.HALF_OF_FOUR);

    private List<Transition> moves() {
        return at.breaker.snapshot().transitions();
    }

    private static SharedState elsewhere(BreakerState state, TransitionReason reason, @Nullable Force force) {
        return new SharedState(
                state, 7, reason, "node-7", ANN, Duration.ZERO, Duration.ZERO, 0, force, null, List.of());
    }

    @Test
    void isThatOfTheOrder() {
        at.breaker.force(new Force(BreakerState.FORCED_CLOSED, null, "bob", "maintenance"));
        at.breaker.release(ANN);
        at.breaker.reset(new Attribution("cy", null));

        assertThat(moves())
                .extracting(Transition::attribution)
                .containsExactly(new Attribution("bob", "maintenance"), ANN, new Attribution("cy", null));
    }

    @Test
    void isNobodysWhereNobodySaid() {
        at.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        at.breaker.release();
        at.breaker.reset();

        assertThat(moves()).hasSize(3).extracting(Transition::attribution).containsOnly(Attribution.NONE);
    }

    @Test
    void isNobodysWhereTimeEndsAForce() {
        at.breaker.force(new Force(BreakerState.FORCED_CLOSED, Duration.ofSeconds(1), "ann", "maintenance"));
        at.advanceSeconds(1);
        assertThat(at.breaker.state()).isEqualTo(BreakerState.CLOSED);

        assertThat(moves()).last().extracting(Transition::attribution).isEqualTo(Attribution.NONE);
    }

    @Test
    void isNobodysWhereTheModeEndsAForce() {
        at.breaker.force(new Force(BreakerState.FORCED_CLOSED, null, "ann", "maintenance"));
        at.breaker.configure(BreakerFixture.HALF_OF_FOUR.withEnforcement(new Enforcement(GuardMode.OFF, 100)));

        assertThat(moves()).last().satisfies(move -> {
            assertThat(move.reason()).isEqualTo(TransitionReason.RELEASED);
            assertThat(move.attribution()).isEqualTo(Attribution.NONE);
        });
    }

    @Test
    void isNotLeftToWhatFollows() {
        at.breaker.force(new Force(BreakerState.FORCED_OPEN, null, "ann", "maintenance"));
        assertThat(at.breaker.release(ANN)).isTrue();
        assertThat(at.breaker.release(new Attribution("eve", "too late"))).isFalse();
        at.breaker.leave();

        assertThat(moves()).last().extracting(Transition::attribution).isEqualTo(ANN);
    }

    @Test
    void comesWithAStateOfOtherProcesses() {
        at.breaker.adopt(elsewhere(BreakerState.CLOSED, TransitionReason.RESET, null));

        assertThat(moves()).singleElement().extracting(Transition::attribution).isEqualTo(ANN);
    }

    @Test
    void comesWithAForceOfOtherProcesses() {
        Force force = new Force(BreakerState.FORCED_OPEN, null, "bob", "maintenance");
        at.breaker.adopt(elsewhere(BreakerState.FORCED_OPEN, TransitionReason.FORCED, force));

        assertThat(moves()).singleElement().extracting(Transition::attribution).isEqualTo(force.attribution());
    }
}
