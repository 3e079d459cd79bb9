package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualScheduler;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked of a breaker first makes the changes that time alone makes, and then tells of them. */
class LookTests {

    private static final SharedState CLOSED_ELSEWHERE = new SharedState(
            BreakerState.CLOSED,
            1,
            TransitionReason.RESET,
            null,
            Attribution.NONE,
            Duration.ZERO,
            Duration.ZERO,
            0,
            null,
            null,
            List.of());

    private final BreakerFixture fixture = new BreakerFixture();
    private final CircuitBreaker breaker = fixture.breaker;

    static Stream<Named<BiConsumer<CircuitBreaker, BreakerPermit>>> operations() {
        return Stream.of(
                named("acquire", (breaker, permit) -> breaker.acquire()),
                named("end", (breaker, permit) -> breaker.end(permit, Outcome.FAILURE, 0, now(breaker), null)),
                named("giveBack", CircuitBreaker::giveBack),
                named("refuse", CircuitBreaker::refuse),
                named("isCurrent", CircuitBreaker::isCurrent),
                named("force", (breaker, permit) -> breaker.force(Force.to(BreakerState.FORCED_OPEN))),
                named("release", (breaker, permit) -> breaker.release()),
                named("reset", (breaker, permit) -> breaker.reset()),
                named("configure", (breaker, permit) -> breaker.configure(BreakerConfig.DEFAULTS)),
                named("override", (breaker, permit) -> breaker.override(BreakerOverride.NONE)),
                named("clearOverride", (breaker, permit) -> breaker.clearOverride()),
                named("adopt", (breaker, permit) -> breaker.adopt(CLOSED_ELSEWHERE)),
                named("lend", (breaker, permit) -> breaker.lend(1, List.of())),
                named("leave", (breaker, permit) -> breaker.leave()),
                named("state", (breaker, permit) -> breaker.state()),
                named("snapshot", (breaker, permit) -> breaker.snapshot()),
                named("idleSince", (breaker, permit) -> breaker.idleSince()));
    }

    private static Named<BiConsumer<CircuitBreaker, BreakerPermit>> named(
            String name, BiConsumer<CircuitBreaker, BreakerPermit> operation) {
        return Named.of(name, operation);
    }

    private static long now(CircuitBreaker breaker) {
        return breaker.ticker().nanos();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void makesAndTellsWhatIsDue(BiConsumer<CircuitBreaker, BreakerPermit> operation) {
        breaker.force(new Force(BreakerState.FORCED_CLOSED, Duration.ofSeconds(10), null, null));
        BreakerPermit permit = breaker.acquire();
        fixture.advanceSeconds(10);

        operation.accept(breaker, permit);

        assertThat(fixture.heard).hasSizeGreaterThan(1);
        assertThat(fixture.heard.get(1).reason()).isEqualTo(TransitionReason.EXPIRED);
    }

    @Test
    void tellsOnAnotherThreadWhatAnExpiredCallMadeOfIt() {
        List<Transition> heard = new ArrayList<>();
        CircuitBreaker expiring = new CircuitBreaker(
                Name.of("payments"),
                BreakerFixture.HALF_OF_FOUR.withTrip(TripConfig.DEFAULTS.withMinimumCalls(1)),
                BreakerEnvironment.DEFAULT
                        .withListener(heard::add)
                        .withGuard(GuardEnvironment.DEFAULT
                                .withTicker(fixture.ticker)
                                .withScheduler(new ManualScheduler(fixture.ticker))));

        expiring.expire(expiring.acquire(), Outcome.TIMEOUT, 0, 0);

        assertThat(heard).extracting(Transition::to).containsExactly(BreakerState.OPEN);
    }

    @Test
    void tellsByItselfWhereNobodyElseCan() {
        List<Transition> heard = new ArrayList<>();
        Announcements announcements = new Announcements(heard::add);
        fixture.open();
        announcements.add(fixture.heard.get(0));

        announcements.deliverBy(task -> {
            throw new RejectedExecutionException("shut down");
        });

        assertThat(heard).containsExactly(fixture.heard.get(0));
    }

    @Test
    void isOffAgainFromTheMomentThatAnOverrideEnds() {
        CircuitBreaker off = new BreakerFixture(
                        BreakerFixture.HALF_OF_FOUR.withEnforcement(new Enforcement(GuardMode.OFF, 100)))
                .breaker;
        ManualTicker ticker = (ManualTicker) off.ticker();
        off.override(new BreakerOverride(GuardMode.ENFORCE, null, Duration.ofSeconds(10)));
        ticker.advance(Duration.ofSeconds(10));

        assertThat(off.isOff(off.acquire())).isTrue();
    }

    @Test
    void countsSlowCallsAmongAllThatEnded() {
        fixture.calls(Outcome.SUCCESS, Outcome.TIMEOUT, Outcome.SUCCESS);

        assertThat(breaker.snapshot().totals().slow()).isEqualTo(1);
    }

    @Test
    void saysWhetherThereWasAForceToRelease() {
        assertThat(breaker.release()).isFalse();

        breaker.force(Force.to(BreakerState.FORCED_CLOSED));

        assertThat(breaker.release()).isTrue();
    }

    @Test
    void takesAwayNothingWhereAnOverrideIsOver() {
        breaker.override(new BreakerOverride(GuardMode.SHADOW, null, Duration.ofSeconds(10)));
        fixture.advanceSeconds(10);

        assertThat(breaker.clearOverride()).isFalse();
    }

    @Test
    void judgesByANewConfigurationAtOnce() {
        fixture.open();
        fixture.advanceSeconds(10);
        fixture.calls(Outcome.SUCCESS);

        breaker.configure(
                BreakerFixture.HALF_OF_FOUR.withHalfOpen(new HalfOpenConfig(1, Duration.ofSeconds(5), Duration.ZERO)));

        assertThat(fixture.heard.get(fixture.heard.size() - 1).reason()).isEqualTo(TransitionReason.PROBES_PASSED);
    }

    @Test
    void wakesNobodyWhoHasLeft() {
        Runnable waiter = () -> {
            throw new AssertionError("woken");
        };
        breaker.wakeOnOpening(waiter);
        breaker.forgetWaiter(waiter);

        fixture.open();

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void countsEveryStateThatWasEntered() {
        fixture.open();
        fixture.advanceSeconds(10);
        fixture.calls(Outcome.FAILURE);
        breaker.reset();

        assertThat(breaker.snapshot().totals().transitions())
                .containsEntry(BreakerState.OPEN, 2L)
                .containsEntry(BreakerState.HALF_OPEN, 1L)
                .containsEntry(BreakerState.CLOSED, 1L);
    }

    @Test
    void showsAnUnusedProbeAsConcurrent() {
        fixture.open();
        fixture.advanceSeconds(10);

        breaker.acquire();

        assertThat(breaker.snapshot().concurrent()).isEqualTo(1);
    }

    @Test
    void admitsAnotherProbeInPlaceOfOneGivenBack() {
        fixture.open();
        fixture.advanceSeconds(10);
        breaker.giveBack(breaker.acquire());

        assertThat(breaker.acquire()).isInstanceOf(HalfOpen.Probe.class);
    }

    @Test
    void namesTheBreakerAndItsStateInWords() {
        fixture.open();

        assertThat(breaker).hasToString("CircuitBreaker[payments OPEN]");
    }
}
