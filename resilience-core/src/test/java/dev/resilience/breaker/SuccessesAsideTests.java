package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a success needs no lock, and what is known of it all the same. */
class SuccessesAsideTests {

    private static final long ORIGIN = Duration.ofHours(1).toNanos();

    private final ManualTicker ticker = new ManualTicker(ORIGIN);
    private final Machine machine = machine(ticker);

    private static Machine machine(ManualTicker ticker) {
        return new Machine(
                Name.of("payments"),
                BreakerFixture.HALF_OF_FOUR,
                BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)),
                new Announcements(transition -> {}));
    }

    private BreakerPermit permit() {
        return machine.ask(ticker.nanos(), false).permit();
    }

    private void end(Outcome outcome) {
        machine.ended(permit(), outcome, 0, ticker.nanos());
    }

    private boolean isCountedAside() {
        return machine.tryCount(permitOfTheDoor(), 5, ticker.nanos());
    }

    private BreakerPermit permitOfTheDoor() {
        return machine.openDoor();
    }

    @Test
    void needsTheLockBeforeAnyOutcome() {
        assertThat(isCountedAside()).isFalse();
    }

    @Test
    void needsNoLockAfterASuccess() {
        end(Outcome.SUCCESS);

        assertThat(isCountedAside()).isTrue();
    }

    @Test
    void needsTheLockAfterAnOutcomeThatWasNotJudged() {
        end(Outcome.IGNORED);

        assertThat(isCountedAside()).isFalse();
    }

    @Test
    void needsTheLockWhereItMayCompleteMinimumCalls() {
        end(Outcome.FAILURE);

        assertThat(isCountedAside()).isFalse();
    }

    @Test
    void needsTheLockAgainAfterALook() {
        end(Outcome.SUCCESS);
        machine.look(ticker.nanos());

        assertThat(isCountedAside()).isFalse();
    }

    @Test
    void needsTheLockAfterAnOutcomeOfAnEarlierState() {
        BreakerPermit early = permit();
        machine.reset(Attribution.NONE, ticker.nanos());

        machine.ended(early, Outcome.SUCCESS, 0, ticker.nanos());

        assertThat(isCountedAside()).isFalse();
    }

    @Test
    void needsNoPermitOfItsOwnWhileTheBreakerIsHeldClosedWithoutAnEnd() {
        machine.force(Force.to(BreakerState.FORCED_CLOSED), ticker.nanos());

        assertThat(machine.openDoor()).isNotNull();
    }

    @Test
    void needsNoLockForAPermitAfterAReading() {
        machine.snapshot(ticker.nanos());

        assertThat(machine.openDoor()).isNotNull();
    }

    @Test
    void needsNoLockForARefusalAfterAReading() {
        machine.force(Force.to(BreakerState.FORCED_OPEN), ticker.nanos());
        machine.snapshot(ticker.nanos());

        assertThat(machine.tryRefuse()).isNotNull();
    }

    @Test
    void needsTheLockForARefusalWhereAnOverrideWillExpire() {
        machine.force(Force.to(BreakerState.FORCED_OPEN), ticker.nanos());
        BreakerOverride expiring = new BreakerOverride(GuardMode.ENFORCE, null, Duration.ofSeconds(1));
        machine.change(settings -> settings.withOverride(expiring, ticker.nanos()), ticker.nanos());

        assertThat(machine.tryRefuse()).isNull();
    }

    @Test
    void countsAsAUseOfTheBreaker() {
        end(Outcome.SUCCESS);
        ticker.advance(Duration.ofSeconds(5));
        isCountedAside();
        ticker.advance(Duration.ofSeconds(5));

        assertThat(machine.idleSince(ticker.nanos()))
                .isEqualTo(ORIGIN + Duration.ofSeconds(5).toNanos());
    }

    @Test
    void isNoUseWhereThereWasNone() {
        ManualTicker below = new ManualTicker(-ORIGIN);
        Machine used = machine(below);
        used.ended(used.openDoor(), Outcome.SUCCESS, 0, -ORIGIN);
        below.advance(Duration.ofSeconds(5));

        assertThat(used.idleSince(below.nanos())).isEqualTo(-ORIGIN);
    }

    @Test
    void isCountedApartFromTheTimeOfFailures() {
        CircuitBreaker breaker = new BreakerFixture().breaker;

        breaker.end(breaker.acquire(), Outcome.FAILURE, 100, 107, null);

        assertThat(breaker.snapshot().totals().nanos())
                .containsEntry(Outcome.FAILURE, 7L)
                .containsEntry(Outcome.SUCCESS, 0L);
    }

    @Test
    void isCountedWithTheTimeFromItsStartToItsEnd() {
        CircuitBreaker breaker = new BreakerFixture().breaker;
        breaker.end(breaker.acquire(), Outcome.SUCCESS, 100, 107, null);

        breaker.end(breaker.acquire(), Outcome.SUCCESS, 200, 209, null);

        assertThat(breaker.snapshot().totals().nanos()).containsEntry(Outcome.SUCCESS, 16L);
    }
}
