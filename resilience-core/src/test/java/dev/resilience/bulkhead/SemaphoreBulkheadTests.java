package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resilience.CallRejectedException;
import dev.resilience.GuardEnvironment;
import dev.resilience.InvalidSettingException;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What a bulkhead does where nobody waits. */
class SemaphoreBulkheadTests {

    private static final BulkheadConfig TWO = BulkheadConfig.DEFAULTS.withMaxConcurrent(2);

    private final ManualTicker ticker = new ManualTicker();
    private final SemaphoreBulkhead bulkhead =
            new SemaphoreBulkhead(Name.of("payments"), TWO, GuardEnvironment.DEFAULT.withTicker(ticker));

    private List<BulkheadPermit> fill() {
        List<BulkheadPermit> held = new ArrayList<>();
        for (int i = 0; i < bulkhead.config().maxConcurrent(); i++) {
            held.add(bulkhead.acquire(WaitingCall.FOR_PLACE_ONLY));
        }
        return held;
    }

    private CallRejectedException rejected() {
        return catchThrowableOfType(CallRejectedException.class, () -> bulkhead.call(() -> "made"));
    }

    @Test
    void letsCallsInUpToItsLimit() {
        fill();
        assertThat(bulkhead.snapshot().concurrent()).isEqualTo(2);
        assertThat(bulkhead.tryAcquire()).isNull();
    }

    @Test
    void refusesACallAtItsLimitSayingWhyAndWhenToComeBack() {
        fill();
        CallRejectedException rejection = rejected();
        assertThat(rejection)
                .isInstanceOf(BulkheadFullException.class)
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("Bulkhead 'payments' is full: 2 of 2 calls running, 0 of 0 places in the queue taken;"
                        + " try again in 1.0 s");
        assertThat(rejection.name()).isEqualTo("payments");
        assertThat(rejection.key()).isNull();
        assertThat(rejection.reason()).isEqualTo(RejectionReason.FULL);
        assertThat(rejection.retryAfter()).hasSeconds(1);
    }

    @Test
    void namesTheKeyInItsMessage() {
        SemaphoreBulkhead keyed = new SemaphoreBulkhead(
                Name.of("payments").withKey("eu-1"),
                BulkheadConfig.DEFAULTS.withMaxConcurrent(1),
                GuardEnvironment.DEFAULT);
        keyed.tryAcquire();
        assertThatThrownBy(() -> keyed.call(() -> "made")).hasMessageStartingWith("Bulkhead 'payments[eu-1]' is full");
    }

    @Test
    void recordsNoStackTraceUnlessAsked() {
        fill();
        assertThat(rejected().getStackTrace()).isEmpty();
        SemaphoreBulkhead tracing =
                new SemaphoreBulkhead(Name.of("traced"), TWO, GuardEnvironment.DEFAULT.withStackTraces(true));
        tracing.tryAcquire();
        tracing.tryAcquire();
        assertThatThrownBy(() -> tracing.call(() -> "made"))
                .satisfies(thrown -> assertThat(thrown.getStackTrace()).isNotEmpty());
    }

    @Test
    void hasAPlaceAgainForEachThatCameBack() {
        fill().forEach(bulkhead::giveBack);
        assertThat(bulkhead.snapshot().concurrent()).isZero();
        fill();
        assertThat(bulkhead.tryAcquire()).isNull();
    }

    @Test
    void countsWhatItLetInAndRefused() throws Exception {
        bulkhead.call(() -> {
            ticker.advance(Duration.ofMillis(30));
            return "made";
        });
        bulkhead.call(() -> {
            ticker.advance(Duration.ofMillis(10));
            return "made";
        });
        fill();
        rejected();

        BulkheadTotals totals = bulkhead.snapshot().totals();
        assertThat(totals.permitted()).isEqualTo(4);
        assertThat(totals.rejected())
                .containsEntry(RejectionReason.FULL, 1L)
                .containsEntry(RejectionReason.WAIT_TIMEOUT, 0L);
        assertThat(totals.held()).isEqualTo(2);
        assertThat(totals.averageHeld()).hasMillis(20);
        assertThat(totals.averageWait()).isZero();
        assertThat(totals.shadowRejected()).isZero();
    }

    @Test
    void doesNotCountAPlaceThatWasNotUsed() {
        fill().forEach(bulkhead::giveBack);
        assertThat(bulkhead.snapshot().totals().permitted()).isZero();
    }

    @Test
    void letsMoreInAsSoonAsTheLimitIsRaised() {
        fill();
        bulkhead.configure(TWO.withMaxConcurrent(3));
        assertThat(bulkhead.tryAcquire()).isNotNull();
        assertThat(bulkhead.tryAcquire()).isNull();
    }

    @Test
    void breaksNoCallWhenTheLimitIsLowered() {
        List<BulkheadPermit> held = fill();
        bulkhead.configure(TWO.withMaxConcurrent(1));
        assertThat(bulkhead.snapshot().concurrent()).isEqualTo(2);

        bulkhead.giveBack(held.get(0));
        assertThat(bulkhead.tryAcquire()).isNull();
        bulkhead.giveBack(held.get(1));
        assertThat(bulkhead.tryAcquire()).isNotNull();
        assertThat(bulkhead.tryAcquire()).isNull();
    }

    @Test
    void obeysAnOverrideUntilItIsTakenAway() {
        bulkhead.override(new BulkheadOverride(null, null, 1, 4, null));
        assertThat(bulkhead.config().maxConcurrent()).isEqualTo(1);
        assertThat(bulkhead.snapshot().overridden()).containsExactly("max-concurrent", "max-queue");
        assertThat(bulkhead.tryAcquire()).isNotNull();
        assertThat(bulkhead.tryAcquire()).isNull();

        assertThat(bulkhead.clearOverride()).isTrue();
        assertThat(bulkhead.clearOverride()).isFalse();
        assertThat(bulkhead.config()).isEqualTo(TWO);
        assertThat(bulkhead.tryAcquire()).isNotNull();
    }

    @Test
    void keepsAnOverrideOnTopOfANewConfiguration() {
        bulkhead.override(new BulkheadOverride(null, null, 1, null, null));
        bulkhead.configure(TWO.withMaxConcurrent(9).withMaxKeys(7));
        assertThat(bulkhead.config()).isEqualTo(TWO.withMaxConcurrent(1).withMaxKeys(7));
        bulkhead.clearOverride();
        assertThat(bulkhead.config().maxConcurrent()).isEqualTo(9);
    }

    @Test
    void addsOneOverrideToAnother() {
        bulkhead.override(new BulkheadOverride(null, null, 1, null, null));
        bulkhead.override(new BulkheadOverride(null, 25, null, null, null));
        assertThat(bulkhead.snapshot().overridden()).containsExactly("rollout", "max-concurrent");
    }

    @Test
    void changesNothingWhereAnOverrideDoesNotFit() {
        assertThatThrownBy(() -> bulkhead.override(new BulkheadOverride(null, null, 1, null, Duration.ofMillis(5))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid max-wait (PT0.005S): must be 0 where max-queue is 0:"
                        + " nobody can wait without a queue");
        assertThat(bulkhead.config()).isEqualTo(TWO);
        assertThat(bulkhead.overridden()).isEqualTo(BulkheadOverride.NONE);
    }

    @Test
    void changesNothingWhereAConfigurationDoesNotFitWhatLiesOverIt() {
        bulkhead.configure(TWO.withQueue(5, null));
        bulkhead.override(new BulkheadOverride(null, null, null, null, Duration.ofMillis(5)));
        BulkheadConfig before = bulkhead.config();
        assertThatThrownBy(() -> bulkhead.configure(TWO)).isInstanceOf(InvalidSettingException.class);
        assertThat(bulkhead.config()).isEqualTo(before);
    }

    @Test
    void refusesANameThatIsNone() {
        assertThatThrownBy(() -> new SemaphoreBulkhead("pay.ments", TWO))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("'pay.ments'");
    }
}
