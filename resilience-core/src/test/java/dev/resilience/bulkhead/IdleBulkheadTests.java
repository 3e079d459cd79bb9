package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Criticality;
import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Since when a bulkhead could be forgotten. */
class IdleBulkheadTests {

    private static final long MILLISECOND = 1L << 20;
    private static final BulkheadConfig ONE = BulkheadConfig.DEFAULTS.withMaxConcurrent(1);

    private final ManualTicker ticker = new ManualTicker(-100 * MILLISECOND);
    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead(Name.of("payments"), ONE, GuardEnvironment.DEFAULT.withTicker(ticker));
    private final long made = ticker.nanos();

    private void callThatEndsAfter(long nanos) {
        BulkheadPermit place = bulkhead.tryAcquire();
        ticker.advance(Duration.ofNanos(nanos));
        bulkhead.release(place, made, ticker.nanos());
    }

    @Test
    void isAsOfItsMakingAtFirst() {
        ticker.advance(Duration.ofSeconds(1));

        assertThat(bulkhead.idleSince()).isEqualTo(made);
    }

    @Test
    void isAsOfTheEndOfItsLastCall() {
        callThatEndsAfter(MILLISECOND);

        assertThat(bulkhead.idleSince()).isEqualTo(made + MILLISECOND);
    }

    @Test
    void isKnownToAMillisecond() {
        callThatEndsAfter(MILLISECOND - 1);

        assertThat(bulkhead.idleSince()).isEqualTo(made);
    }

    @Test
    void isNotWhileACallRuns() {
        bulkhead.tryAcquire();

        assertThat(bulkhead.idleSince()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isNotWhileACallRunsThatOnlyShadowModeLetIn() {
        bulkhead.configure(ONE.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        BulkheadPermit place = bulkhead.tryAcquire();
        BulkheadPermit exempt = bulkhead.acquire(WaitingCall.FOR_PLACE_ONLY);
        bulkhead.giveBack(place);
        assertThat(bulkhead.idleSince()).isEqualTo(Long.MAX_VALUE);

        bulkhead.giveBack(exempt);

        assertThat(bulkhead.idleSince()).isEqualTo(made);
    }

    @Test
    void isNotWhileCallsOfSeveralClassesRunThatOnlyShadowModeLetIn() {
        bulkhead.configure(
                ONE.withShares(Map.of("customer", 50)).withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        BulkheadPermit place = bulkhead.tryAcquire();
        bulkhead.acquire(WaitingCall.FOR_PLACE_ONLY);
        bulkhead.acquire(Criticality.of("customer"), WaitingCall.FOR_PLACE_ONLY);
        bulkhead.giveBack(place);

        assertThat(bulkhead.idleSince()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isNotWhileAnOperatorHasOverriddenIt() {
        bulkhead.override(new BulkheadOverride(null, 50, null, null, null));
        assertThat(bulkhead.idleSince()).isEqualTo(Long.MAX_VALUE);

        bulkhead.clearOverride();

        assertThat(bulkhead.idleSince()).isEqualTo(made);
    }

    @Test
    void showsWhatItHoldsInWords() {
        bulkhead.tryAcquire();

        assertThat(bulkhead).hasToString("SemaphoreBulkhead[payments Occupancy[running=1, queued=0]]");
    }
}
