package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilience.GuardMode;
import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a breaker counts of calls that ask it one by one. */
class TotalsTests {

    private final BreakerFixture fixture = new BreakerFixture();
    private final CircuitBreaker breaker = fixture.breaker;

    private static Map<RejectionReason, Long> counted(Map<RejectionReason, Long> byReason) {
        return byReason.entrySet().stream()
                .filter(reason -> reason.getValue() != 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void probe() {
        fixture.open();
        fixture.advanceSeconds(10);
        breaker.acquire();
    }

    @Test
    void aCallThatCameBackUnusedIsNoneThatRuns() {
        breaker.giveBack(breaker.acquire());

        assertThat(breaker.snapshot().concurrent()).isZero();
    }

    @Test
    void aCallThatTheBulkheadRefusedIsNoneThatRuns() {
        breaker.refuse(breaker.acquire());

        assertThat(breaker.snapshot().concurrent()).isZero();
    }

    @Test
    void whatCameBackUnusedHidesNoCallThatRuns() {
        breaker.giveBack(breaker.acquire());
        fixture.calls(Outcome.SUCCESS);
        breaker.acquire();

        assertThat(breaker.snapshot().concurrent()).isEqualTo(1);
    }

    @Test
    void aCallThatAHalfOpenBreakerRefusesCountsByThatReason() {
        probe();

        assertThatExceptionOfType(BreakerOpenException.class).isThrownBy(breaker::acquire);

        assertThat(counted(breaker.snapshot().totals().rejected())).isEqualTo(Map.of(RejectionReason.HALF_OPEN, 1L));
    }

    @Test
    void aCallThatWasLetThroughOnlyCountsByTheReasonThatItWouldHaveBeenRefusedFor() {
        breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));
        probe();

        breaker.acquire();

        BreakerTotals totals = breaker.snapshot().totals();
        assertThat(counted(totals.shadowRejected())).isEqualTo(Map.of(RejectionReason.HALF_OPEN, 1L));
        assertThat(counted(totals.rejected())).isEmpty();
    }
}
