package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTests {

    private final BreakerFixture at = new BreakerFixture(BreakerFixture.HALF_OF_FOUR
            .withWindow(WindowSize.time(Duration.ofSeconds(10)))
            .withTrip(BreakerFixture.HALF_OF_FOUR.trip().withSlowCalls(Duration.ofSeconds(1), 100)));

    private static SharedState closed(long epoch) {
        return new SharedState(
                BreakerState.CLOSED,
                epoch,
                TransitionReason.RESET,
                "node-7",
                Attribution.NONE,
                Duration.ZERO,
                Duration.ZERO,
                0,
                null,
                null,
                List.of());
    }

    @Test
    void countsFromTheFirstReadingOn() {
        at.calls(Outcome.SUCCESS, Outcome.FAILURE);

        assertThat(at.breaker.tally()).isEqualTo(new Tally(0, 0, 0, 0, 0, 0));
    }

    @Test
    void countsCallsByWhatTheySay() {
        at.breaker.tally();
        at.call(Outcome.SUCCESS, Duration.ofMillis(20));
        at.call(Outcome.FAILURE, Duration.ofMillis(30));
        at.call(Outcome.SUCCESS, Duration.ofSeconds(1));
        at.calls(Outcome.IGNORED, Outcome.CANCELLED);

        assertThat(at.breaker.tally())
                .isEqualTo(new Tally(0, 3, 1, 1, Duration.ofMillis(1050).toNanos(), 0));
    }

    @Test
    void tellsOfTheTransitionThatItsReadingFound() {
        at.breaker.force(new Force(BreakerState.FORCED_CLOSED, Duration.ofSeconds(1), null, null));
        at.heard.clear();
        at.advanceSeconds(1);

        at.breaker.tally();

        assertThat(at.heard).extracting(Transition::reason).containsExactly(TransitionReason.EXPIRED);
    }

    @Test
    void countsSuccessesThatWereCountedAside() {
        at.breaker.tally();
        for (int call = 0; call < 100; call++) {
            at.call(Outcome.SUCCESS, Duration.ofMillis(1));
        }

        assertThat(at.breaker.tally().calls()).isEqualTo(100);
        assertThat(at.breaker.tally().nanos()).isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void tellsHowManyCallsAreUnderWay() {
        BreakerPermit permit = at.breaker.acquire();
        at.breaker.acquire();
        at.end(permit, Outcome.SUCCESS);

        assertThat(at.breaker.tally().concurrent()).isEqualTo(1);
    }

    @Test
    void goesOnCountingWhereTheBreakerMovesByItself() {
        at.breaker.tally();
        at.open();

        assertThat(at.breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(at.breaker.tally().failures()).isEqualTo(4);
    }

    @Test
    void countsAnewFromEachAgreementOn() {
        at.breaker.tally();
        at.calls(Outcome.FAILURE);
        at.breaker.adopt(closed(7));
        at.calls(Outcome.SUCCESS);

        assertThat(at.breaker.tally()).isEqualTo(new Tally(7, 1, 0, 0, 0, 0));
    }

    @Test
    void countsNoCallOfAnEarlierState() {
        at.breaker.tally();
        BreakerPermit early = at.breaker.acquire();
        at.breaker.adopt(closed(7));
        at.end(early, Outcome.FAILURE);

        assertThat(at.breaker.tally().calls()).isZero();
    }
}
