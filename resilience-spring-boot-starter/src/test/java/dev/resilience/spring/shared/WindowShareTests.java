package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.spring.ManualTicker;
import dev.resilience.spring.shared.SyncDelta.Noting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A window of ten seconds, so of tenths of one second; nodes look every quarter of a second where concurrency is judged. */
class WindowShareTests {

    private static final BreakerConfig CONFIG = BreakerConfig.DEFAULTS
            .withWindow(WindowSize.time(Duration.ofSeconds(10)))
            .withTrip(TripConfig.DEFAULTS
                    .withMinimumCalls(10)
                    .withFailureRate(50)
                    .withSlowCalls(Duration.ofSeconds(2), 50));
    private static final Quorum ONE = new Quorum(1, false);

    private final ManualTicker ticker = new ManualTicker();
    private final ManualFleet fleet = new ManualFleet();
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("payments"),
            CONFIG,
            BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));

    private SharedBreaker shared;
    private SumsExchange exchange;

    WindowShareTests() {
        share(ONE, null, null);
    }

    private void share(Quorum quorum, @Nullable Duration averageDuration, @Nullable Integer concurrent) {
        shared = new SharedBreaker(
                fleet, breaker, new Sharing(SharedMode.SHARED_WINDOW, quorum, averageDuration, concurrent));
        exchange = new SumsExchange(fleet, List.of(shared));
        fleet.told.clear();
        look(Duration.ZERO);
    }

    private void look(Duration later) {
        ticker.advance(later);
        exchange.begin();
        fleet.runNext();
    }

    private void calls(Outcome outcome, int count) {
        for (int call = 0; call < count; call++) {
            long now = ticker.nanos();
            breaker.end(
                    breaker.acquire(), outcome, now, now + Duration.ofMillis(10).toNanos(), null);
        }
    }

    private SyncDelta onlyDelta() {
        assertThat(fleet.told).hasSize(1);
        return fleet.told.get(0).get(0);
    }

    private static SyncAnswer sums(long calls, long failures, Duration duration, Duration lastBucketBusy, int nodes) {
        return new SyncAnswer.Sums(0, calls, failures, 0, duration, Duration.ZERO, lastBucketBusy, nodes);
    }

    private String proposed() {
        assertThat(fleet.acts).hasSize(1);
        return ((StoreCommand.Open) fleet.acts.get(0)).reason();
    }

    @Test
    void tellsFailuresAtOnce() {
        calls(Outcome.SUCCESS, 3);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(onlyDelta())
                .isEqualTo(new SyncDelta(
                        "payments",
                        0,
                        4,
                        1,
                        0,
                        Duration.ofMillis(40),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Noting.NOBODY));
    }

    @Test
    void tellsSuccessesNotBeforeATenthOfTheWindowIsOver() {
        calls(Outcome.SUCCESS, 3);
        look(Duration.ofMillis(50));
        calls(Outcome.SUCCESS, 3);
        fleet.told.clear();
        look(Duration.ofMillis(900));
        assertThat(fleet.told).isEmpty();

        look(Duration.ofMillis(100));
        assertThat(onlyDelta().calls()).isEqualTo(3);
    }

    @Test
    void tellsSuccessesTheMoreSeldomTheMoreNodesThereAre() {
        fleet.live = 50_000;
        calls(Outcome.SUCCESS, 1);
        look(Duration.ofMillis(50));
        calls(Outcome.SUCCESS, 1);
        fleet.told.clear();
        look(Duration.ofMillis(1900));
        assertThat(fleet.told).isEmpty();

        look(Duration.ofMillis(100));
        assertThat(fleet.told).hasSize(1);
    }

    @Test
    void tellsSuccessesWithinAThirdOfTheWindowHoweverManyNodesThereAre() {
        fleet.live = 1_000_000;
        calls(Outcome.SUCCESS, 1);
        look(Duration.ofMillis(50));
        calls(Outcome.SUCCESS, 1);
        fleet.told.clear();

        look(Duration.ofMillis(3334));
        assertThat(fleet.told).hasSize(1);
    }

    @Test
    void tellsNothingOfABreakerThatIsNotUsed() {
        look(Duration.ofMinutes(1));

        assertThat(fleet.told).isEmpty();
    }

    @Test
    void tellsEachCallOnce() {
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));
        look(Duration.ofMinutes(1));

        assertThat(onlyDelta().calls()).isEqualTo(1);
    }

    @Test
    void tellsHowLongCallsHaveBeenUnderWayBeforeTheyEnd() {
        breaker.acquire();
        breaker.acquire();
        look(Duration.ofMillis(250));
        look(Duration.ofSeconds(1));

        Duration busy = fleet.told.stream().map(each -> each.get(0).busy()).reduce(Duration.ZERO, Duration::plus);
        assertThat(busy).isEqualTo(Duration.ofMillis(250 + 2000));
    }

    @Test
    void tellsNothingThatHappenedWhileTheStoreWasAway() {
        exchange.stop();
        shared.leave();
        calls(Outcome.FAILURE, 5);
        look(Duration.ofSeconds(1));
        assertThat(fleet.told).isEmpty();

        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));
        assertThat(onlyDelta().failures()).isEqualTo(1);
    }

    @Test
    void asksForNobodyWhereOneNodeDecides() {
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(onlyDelta().noting()).isEqualTo(Noting.NOBODY);
    }

    @Test
    void hasFailingNodesNotedWhereAQuorumDecidesAlsoWhileItKnowsOfNoOtherNode() {
        share(new Quorum(2, false), null, null);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(onlyDelta().noting()).isEqualTo(Noting.IF_IT_FAILED);
    }

    @Test
    void hasItselfNotedWhereItsCallsAreSlow() {
        share(new Quorum(2, false), null, null);
        BreakerPermit slow = breaker.acquire();
        breaker.end(slow, Outcome.SUCCESS, 0, Duration.ofSeconds(2).toNanos(), null);
        look(Duration.ofMillis(50));

        assertThat(onlyDelta().noting()).isEqualTo(Noting.THIS_NODE);
    }

    @Test
    void hasItselfNotedWhereItsAverageIsTooLong() {
        share(new Quorum(2, false), Duration.ofMillis(10), null);
        calls(Outcome.SUCCESS, 1);
        look(Duration.ofMillis(50));

        assertThat(onlyDelta().noting()).isEqualTo(Noting.THIS_NODE);
    }

    @Test
    void hasItselfNotedWhereItHasMoreThanItsShareUnderWay() {
        fleet.live = 3;
        share(new Quorum(2, false), null, 3);
        breaker.acquire();
        look(Duration.ofMillis(250));
        fleet.told.clear();
        look(Duration.ofMillis(250));

        assertThat(onlyDelta().noting()).isEqualTo(Noting.THIS_NODE);
    }

    @Test
    void proposesToOpenWhenTheFleetsFailureRateIsReached() {
        fleet.sums = delta -> sums(10, 5, Duration.ZERO, Duration.ZERO, 0);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(proposed()).isEqualTo("FAILURE_RATE");
    }

    @Test
    void proposesNothingBelowTheFailureRate() {
        fleet.sums = delta -> sums(1001, 500, Duration.ZERO, Duration.ZERO, 0);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(fleet.acts).isEmpty();
    }

    @Test
    void proposesNothingBeforeTheFleetHasItsMinimumOfCalls() {
        fleet.sums = delta -> sums(9, 9, Duration.ZERO, Duration.ZERO, 0);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(fleet.acts).isEmpty();
    }

    @Test
    void proposesToOpenWhenTheFleetsSlowCallRateIsReached() {
        fleet.sums = delta -> new SyncAnswer.Sums(0, 10, 0, 5, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(proposed()).isEqualTo("SLOW_CALL_RATE");
    }

    @Test
    void proposesToOpenWhenTheFleetsAverageDurationIsReached() {
        share(ONE, Duration.ofSeconds(1), null);
        fleet.sums = delta -> sums(10, 0, Duration.ofSeconds(10), Duration.ZERO, 0);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(proposed()).isEqualTo("AVERAGE_DURATION");
    }

    @Test
    void proposesToOpenWhenTheFleetHasTooManyCallsUnderWay() {
        share(ONE, null, 20);
        fleet.sums = delta -> sums(0, 0, Duration.ZERO, Duration.ofSeconds(20), 0);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(proposed()).isEqualTo("CONCURRENT");
    }

    @Test
    void proposesNothingWhileTooFewNodesAreInTrouble() {
        fleet.live = 3;
        share(new Quorum(2, false), null, null);
        fleet.sums = delta -> sums(10, 10, Duration.ZERO, Duration.ZERO, 1);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(fleet.acts).isEmpty();
        assertThat(shared.view().votes()).isEqualTo(1);
    }

    @Test
    void proposesOnceEnoughNodesAreInTroubleWithoutAVoteOfItsOwn() {
        fleet.live = 3;
        share(new Quorum(2, false), null, null);
        fleet.sums = delta -> sums(10, 10, Duration.ZERO, Duration.ZERO, 2);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(fleet.acts).singleElement().satisfies(act -> {
            StoreCommand.Open open = (StoreCommand.Open) act;
            assertThat(open.need()).isEqualTo(2);
            assertThat(open.votes()).isFalse();
            assertThat(open.voteTtl()).isEqualTo(Duration.ofSeconds(10));
        });
    }

    @Test
    void goesOnTellingAtOnceWhileTheFleetIsNearALimit() {
        fleet.sums = delta -> sums(100, 25, Duration.ZERO, Duration.ZERO, 0);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));
        fleet.told.clear();
        calls(Outcome.SUCCESS, 1);
        look(Duration.ofMillis(50));

        assertThat(fleet.told).hasSize(1);
    }

    @Test
    void readsTheStateWhereTheFleetHasMoved() {
        fleet.sums = delta -> new SyncAnswer.Stale(7);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(fleet.acts).singleElement().isInstanceOf(StoreCommand.Tick.class);
        assertThat(fleet.counts.stale.sum()).isEqualTo(1);
    }

    @Test
    void staysLocalWhereTheStoresStateMakesNoSense() {
        fleet.sums = delta -> new SyncAnswer.Unusable(StoreAnswer.Status.CORRUPT);
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(shared.view().scope()).isEqualTo(Scope.LOCAL);
    }

    @Test
    void looksFourTimesInATenthOfTheWindowWhereConcurrencyIsJudged() {
        breaker.configure(CONFIG.withWindow(WindowSize.time(Duration.ofSeconds(1))));
        share(ONE, null, 20);

        assertThat(fleet.pauses).last().isEqualTo(Duration.ofMillis(25));
    }

    @Test
    void tellsNothingWhileTheWindowIsOneOfCalls() {
        breaker.configure(CONFIG.withWindow(WindowSize.calls(10)));
        calls(Outcome.FAILURE, 1);
        look(Duration.ofMillis(50));

        assertThat(fleet.told).isEmpty();
    }
}
