package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilience.GuardMode;
import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import org.junit.jupiter.api.Test;

/** What a breaker counts of calls that ask it one by one. */
class TotalsTests {

    private final BreakerFixture fixture = new BreakerFixture();
    private final CircuitBreaker breaker = fixture.breaker;

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

        BreakerTotals totals = breaker.snapshot().totals();
        assertThat(totals.rejected()).containsEntry(RejectionReason.HALF_OPEN, 1L);
        assertThat(totals.allRejected()).isEqualTo(1);
    }

    @Test
    void aCallThatWasLetThroughOnlyCountsByTheReasonThatItWouldHaveBeenRefusedFor() {
        breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));
        probe();

        breaker.acquire();

        BreakerTotals totals = breaker.snapshot().totals();
        assertThat(totals.shadowRejected()).containsEntry(RejectionReason.HALF_OPEN, 1L);
        assertThat(totals.allShadowRejected()).isEqualTo(1);
        assertThat(totals.allRejected()).isZero();
    }
}
