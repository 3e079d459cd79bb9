package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.InvalidSettingException;
import dev.resilience.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedStateTests {

    private static final SharedState.Round ROUND = new SharedState.Round(2, 1, 0, 0);

    private final BreakerFixture at = new BreakerFixture();

    private static SharedState state(BreakerState state, long epoch, Duration left) {
        return new SharedState(
                state,
                epoch,
                TransitionReason.FAILURE_RATE,
                "node-7",
                Attribution.NONE,
                left,
                Duration.ofSeconds(10),
                3,
                state.isForced() ? new Force(state, null, "ann", "repair") : null,
                state == BreakerState.HALF_OPEN ? ROUND : null,
                List.of());
    }

    private static SharedState open(long epoch) {
        return state(BreakerState.OPEN, epoch, Duration.ofSeconds(4));
    }

    private SharedState halfOpen(long epoch, ProbeLease... leases) {
        return new SharedState(
                BreakerState.HALF_OPEN,
                epoch,
                TransitionReason.PROBE_DUE,
                "node-7",
                Attribution.NONE,
                Duration.ZERO,
                Duration.ofSeconds(10),
                3,
                null,
                ROUND,
                Arrays.asList(leases));
    }

    /** A lease that may be used for a second and remembers what it heard. */
    private final class Lease implements ProbeLease {

        private final long startBy = at.ticker.nanos() + Duration.ofSeconds(1).toNanos();
        private final List<String> heard = new ArrayList<>();

        @Override
        public long startBy() {
            return startBy;
        }

        @Override
        public void ended(Outcome outcome, boolean slow) {
            heard.add(outcome + (slow ? " slow" : ""));
        }

        @Override
        public void unused() {
            heard.add("unused");
        }
    }

    private @Nullable BreakerPermit ask() {
        try {
            return at.breaker.acquire();
        } catch (BreakerOpenException refused) {
            return null;
        }
    }

    @Test
    void opensABreakerWithTheReasonAndTheNodeOfTheFleet() {
        assertThat(at.breaker.adopt(open(7))).isTrue();

        assertThat(at.breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(at.heard).singleElement().satisfies(transition -> {
            assertThat(transition.reason()).isEqualTo(TransitionReason.FAILURE_RATE);
            assertThat(transition.node()).isEqualTo("node-7");
        });
        assertThat(at.breaker.snapshot().epoch()).isEqualTo(7);
        assertThat(at.breaker.snapshot().streak()).isEqualTo(3);
    }

    @Test
    void isRetriedWhenTheFleetSays() {
        at.breaker.adopt(open(7));

        assertThat(at.breaker.snapshot().retryAt())
                .isEqualTo(at.ticker.instant().plusSeconds(4));
        assertThatThrownBy(at.breaker::acquire)
                .hasMessage(
                        "Breaker 'payments' is OPEN with its fleet: FAILURE_RATE, as node-7 found; next probe in 4.0 s");
    }

    @Test
    void permitsNoProbeThatNobodyLeftToThisProcess() {
        at.breaker.adopt(open(7));
        at.advanceSeconds(4);

        assertThat(ask()).isNull();
        assertThat(at.breaker.snapshot().probeDue()).isTrue();
    }

    @Test
    void isNotTakenOverByABreakerThatIsOff() {
        at.breaker.configure(BreakerFixture.HALF_OF_FOUR.withEnforcement(new Enforcement(GuardMode.OFF, 100)));

        assertThat(at.breaker.adopt(open(7))).isFalse();
        assertThat(at.breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void measuresAnewWhenItClosesABreaker() {
        at.calls(Outcome.FAILURE, Outcome.FAILURE);
        at.breaker.adopt(state(BreakerState.CLOSED, 7, Duration.ZERO));

        assertThat(at.breaker.snapshot().window().calls()).isZero();
    }

    @Test
    void dropsOutcomesOfCallsThatAnotherStatePermitted() {
        BreakerPermit early = at.breaker.acquire();
        at.breaker.adopt(state(BreakerState.CLOSED, 7, Duration.ZERO));
        at.end(early, Outcome.FAILURE);

        assertThat(at.breaker.snapshot().window().calls()).isZero();
    }

    @Test
    void permitsAProbeForEachLease() {
        Lease lease = new Lease();
        at.breaker.adopt(halfOpen(8, lease));

        BreakerPermit probe = ask();
        assertThat(probe).isNotNull();
        assertThat(ask()).isNull();
        at.end(probe, Outcome.FAILURE);

        assertThat(lease.heard).containsExactly("FAILURE");
        assertThat(at.breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void countsTheProbesUnderWayAmongItsLeases() {
        at.breaker.adopt(halfOpen(8, new Lease(), new Lease()));

        ask();

        assertThat(at.breaker.snapshot().leases()).isEqualTo(2);
    }

    @Test
    void saysHowFarTheRoundOfTheFleetIs() {
        at.breaker.adopt(halfOpen(8, new Lease()));
        ask();

        assertThatThrownBy(at.breaker::acquire)
                .hasMessageContaining("HALF_OPEN: 1 of 2 probes are back and 1 under way");
        assertThat(at.breaker.snapshot().window().calls()).isEqualTo(1);
    }

    @Test
    void tellsWhetherItsProbeIsStillWanted() {
        at.breaker.adopt(halfOpen(8, new Lease()));
        BreakerPermit probe = at.breaker.acquire();
        assertThat(at.breaker.isCurrent(probe)).isTrue();

        at.breaker.giveBack(probe);

        assertThat(at.breaker.isCurrent(probe)).isFalse();
    }

    @Test
    void givesALeaseBackWhoseProbeWasNotMade() {
        Lease unused = new Lease();
        Lease refused = new Lease();
        at.breaker.adopt(halfOpen(8, unused, refused));

        at.breaker.giveBack(at.breaker.acquire());
        at.breaker.refuse(at.breaker.acquire());

        assertThat(unused.heard).containsExactly("unused");
        assertThat(refused.heard).containsExactly("unused");
    }

    @Test
    void tellsTheFleetThatAProbeWasSlow() {
        BreakerFixture slow = new BreakerFixture(
                BreakerFixture.HALF_OF_FOUR.withTrip(TripConfig.DEFAULTS.withSlowCalls(Duration.ofMillis(100), 50)));
        Lease lease = new Lease();
        slow.breaker.adopt(halfOpen(8, lease));

        slow.call(Outcome.SUCCESS, Duration.ofMillis(100));

        assertThat(lease.heard).containsExactly("SUCCESS slow");
    }

    @Test
    void hearsNothingOfACallThatIsNoProbe() {
        Lease lease = new Lease();
        BreakerPermit early = at.breaker.acquire();
        at.breaker.adopt(halfOpen(8, lease));
        at.breaker.acquire();

        at.end(early, Outcome.FAILURE);
        at.breaker.giveBack(early);

        assertThat(lease.heard).isEmpty();
        assertThat(at.breaker.isCurrent(early)).isFalse();
    }

    @Test
    void permitsNoProbeOnceTheLeaseHasToHaveBegun() {
        Lease lease = new Lease();
        at.breaker.adopt(halfOpen(8, lease));
        at.advanceSeconds(1);

        assertThat(ask()).isNull();
        assertThat(lease.heard).containsExactly("unused");
    }

    @Test
    void givesALeaseBackWhoseProbeSaysNothing() {
        Lease lease = new Lease();
        at.breaker.adopt(halfOpen(8, lease));
        at.end(at.breaker.acquire(), Outcome.IGNORED);

        assertThat(lease.heard).containsExactly("unused");
    }

    @Test
    void countsAProbeAsTimedOutThatDoesNotComeBack() {
        Lease lease = new Lease();
        at.breaker.adopt(halfOpen(8, lease));
        BreakerPermit probe = at.breaker.acquire();
        at.advanceSeconds(5);
        at.end(probe, Outcome.SUCCESS);

        assertThat(lease.heard).containsExactly("TIMEOUT slow");
    }

    @Test
    void countsAProbeThatComesBackInTimeWhateverTheClockSays() {
        at.advanceSeconds(100);
        Lease lease = new Lease();
        at.breaker.adopt(halfOpen(8, lease));
        BreakerPermit probe = at.breaker.acquire();
        at.advanceSeconds(4);
        at.end(probe, Outcome.SUCCESS);

        assertThat(lease.heard).containsExactly("SUCCESS");
    }

    @Test
    void tellsOfNoTimeLeftFromTheMomentOnAtWhichAProbeIsDue() {
        at.breaker.adopt(open(7));
        at.advanceSeconds(4);

        assertThatThrownBy(at.breaker::acquire).message().doesNotContain("next probe in");
    }

    @Test
    void takesMoreLeasesOfTheSameRoundOnly() {
        at.breaker.adopt(halfOpen(8));

        assertThat(at.breaker.lend(7, List.of(new Lease()))).isFalse();
        assertThat(at.breaker.lend(8, List.of(new Lease()))).isTrue();
        assertThat(at.breaker.snapshot().leases()).isEqualTo(1);
        assertThat(ask()).isNotNull();
    }

    @Test
    void holdsForAsLongAsTheForceHasLeft() {
        at.breaker.adopt(new SharedState(
                BreakerState.FORCED_OPEN,
                9,
                TransitionReason.FORCED,
                "node-7",
                Attribution.NONE,
                Duration.ZERO,
                Duration.ZERO,
                0,
                new Force(BreakerState.FORCED_OPEN, Duration.ofSeconds(3), "ann", "repair"),
                null,
                List.of()));

        assertThat(at.breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
        at.advanceSeconds(3);
        assertThat(at.breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void endsARampWhenTheFleetDoes() {
        BreakerFixture ramping = new BreakerFixture(BreakerFixture.HALF_OF_FOUR.withHalfOpen(
                new HalfOpenConfig(2, Duration.ofSeconds(5), Duration.ofSeconds(20))));
        ramping.breaker.adopt(state(BreakerState.RECOVERING, 9, Duration.ofSeconds(6)));

        assertThat(ramping.breaker.state()).isEqualTo(BreakerState.RECOVERING);
        ramping.advanceSeconds(6);
        assertThat(ramping.breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void isClosedAtOnceWhereThisBreakerHasNoRamp() {
        at.breaker.adopt(state(BreakerState.RECOVERING, 9, Duration.ofSeconds(6)));

        assertThat(at.breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(at.breaker.snapshot().epoch()).isEqualTo(9);
    }

    @Test
    void isHeldClosedWhereTheFleetIs() {
        at.breaker.adopt(state(BreakerState.FORCED_CLOSED, 9, Duration.ZERO));

        assertThat(at.breaker.state()).isEqualTo(BreakerState.FORCED_CLOSED);
        assertThat(at.breaker.snapshot().force().by()).isEqualTo("ann");
    }

    @Test
    void keepsItsEpochThroughWhatThisBreakerDoesByItself() {
        at.breaker.adopt(state(BreakerState.CLOSED, 9, Duration.ZERO));
        at.open();

        assertThat(at.breaker.snapshot().epoch()).isEqualTo(9);
        assertThat(at.heard.get(1).node()).isNull();
    }

    @Test
    void isLeftByProbesOfItsOwnOnceTheBreakerIsAlone() {
        at.breaker.adopt(open(7));
        at.dice.add(0.0);
        at.breaker.leave();
        at.advanceSeconds(4);
        at.calls(Outcome.SUCCESS, Outcome.SUCCESS);

        assertThat(at.breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void isLeftForAnOpenOneInTheMiddleOfARound() {
        at.breaker.adopt(halfOpen(8, new Lease()));
        at.dice.add(0.5);
        at.breaker.leave();

        assertThat(at.breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(at.breaker.snapshot().reason()).isEqualTo(TransitionReason.STORE_LOST);
        assertThat(at.breaker.snapshot().retryAt())
                .isEqualTo(at.ticker.instant().plusSeconds(5));
    }

    @Test
    void isProbedALittleLaterByEachOfThoseThatAreLeftAlone() {
        BreakerFixture spread = new BreakerFixture(BreakerFixture.HALF_OF_FOUR.withOpen(
                new OpenConfig(Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 20)));
        spread.breaker.adopt(open(7));
        spread.advanceSeconds(1);
        spread.dice.add(0.5);
        spread.breaker.leave();

        assertThat(spread.breaker.snapshot().retryAt())
                .isEqualTo(spread.ticker.instant().plusSeconds(3 + 1));
    }

    @Test
    void isProbedAtOnceByOneThatIsLeftAloneWhenTheProbeIsDue() {
        at.breaker.adopt(open(7));
        at.advanceSeconds(20);
        at.dice.add(0.0);
        at.breaker.leave();
        at.ticker.advance(Duration.ofNanos(1));

        assertThat(ask()).isNotNull();
    }

    @Test
    void staysAsItIsWhereThisBreakerDecidesAnyway() {
        at.open();
        at.breaker.leave();

        assertThat(at.breaker.snapshot().reason()).isEqualTo(TransitionReason.FAILURE_RATE);
    }

    @Test
    void isNoneWithoutAnOrderWhereItIsForced() {
        assertNone(BreakerState.FORCED_OPEN, null, null, "force");
    }

    @Test
    void isNoneWithTheOrderOfAnotherState() {
        assertNone(BreakerState.FORCED_OPEN, Force.to(BreakerState.FORCED_CLOSED), null, "force");
    }

    @Test
    void isNoneWithoutARoundWhereItIsHalfOpen() {
        assertNone(BreakerState.HALF_OPEN, null, null, "round");
    }

    @Test
    void isNoneWithARoundWhereItIsNotHalfOpen() {
        assertNone(BreakerState.OPEN, null, ROUND, "round");
    }

    private static void assertNone(
            BreakerState state, @Nullable Force force, SharedState.@Nullable Round round, String setting) {
        assertThatThrownBy(() -> new SharedState(
                        state,
                        9,
                        TransitionReason.FORCED,
                        null,
                        Attribution.NONE,
                        Duration.ZERO,
                        Duration.ZERO,
                        0,
                        force,
                        round,
                        List.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("Invalid " + setting);
    }
}
