package dev.resilience.bulkhead;

import static dev.resilience.bulkhead.Queues.awaitDepth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What mode and rollout change. */
class BulkheadModeTests {

    private static final BulkheadConfig ONE =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(5, Duration.ofHours(1));

    private final AtomicReference<Double> random = new AtomicReference<>(0.0);
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            Name.of("payments"),
            ONE,
            GuardEnvironment.DEFAULT.withTicker(new ManualTicker()).withRandom(random::get));

    private void run(GuardMode mode, int rollout) {
        bulkhead.configure(ONE.withEnforcement(new Enforcement(mode, rollout)));
    }

    @Test
    void makesNobodyWaitInShadowMode() throws Exception {
        run(GuardMode.SHADOW, 100);
        bulkhead.tryAcquire();

        String result = bulkhead.call(() -> {
            BulkheadSnapshot during = bulkhead.snapshot();
            assertThat(during.concurrent()).isEqualTo(2);
            assertThat(during.queueDepth()).isZero();
            return "made";
        });

        assertThat(result).isEqualTo("made");
        BulkheadSnapshot after = bulkhead.snapshot();
        assertThat(after.concurrent()).isEqualTo(1);
        assertThat(after.totals().shadowRejected()).isEqualTo(1);
        assertThat(after.totals().permitted()).isEqualTo(2);
        assertThat(after.totals().waited()).isZero();
        assertThat(after.totals().rejected().values()).containsOnly(0L);
    }

    @Test
    void takesNoPlaceForACallThatOnlyShadowModeLetIn() {
        run(GuardMode.SHADOW, 100);
        BulkheadPermit place = bulkhead.tryAcquire();
        BulkheadPermit exempt = bulkhead.acquire(WaitingCall.FOR_PLACE_ONLY);
        bulkhead.giveBack(place);
        run(GuardMode.ENFORCE, 100);

        assertThat(bulkhead.tryAcquire()).isNotNull();
        bulkhead.giveBack(exempt);
        assertThat(bulkhead.tryAcquire()).isNull();
        assertThat(bulkhead.snapshot().concurrent()).isEqualTo(1);
    }

    @Test
    void refusesOnlyTheShareOfTheRollout() throws Exception {
        bulkhead.configure(
                BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withEnforcement(new Enforcement(GuardMode.ENFORCE, 30)));
        bulkhead.tryAcquire();
        random.set(0.3);
        assertThat(bulkhead.<String>call(() -> "made")).isEqualTo("made");
        random.set(0.29);
        assertThatThrownBy(() -> bulkhead.call(() -> "made")).isInstanceOf(BulkheadFullException.class);
        assertThat(bulkhead.snapshot().totals().shadowRejected()).isEqualTo(1);
    }

    @Test
    void countsNothingWhileItIsOff() throws Exception {
        run(GuardMode.OFF, 100);
        for (int i = 0; i < 3; i++) {
            assertThat(bulkhead.tryAcquire()).isNotNull();
            assertThat(bulkhead.<String>call(() -> "made")).isEqualTo("made");
        }
        BulkheadSnapshot snapshot = bulkhead.snapshot();
        assertThat(snapshot.concurrent()).isZero();
        assertThat(snapshot.totals().permitted()).isZero();
        assertThat(snapshot.totals().shadowRejected()).isZero();
    }

    @Test
    void takesBackAPlaceFromBeforeItWasSwitchedOff() {
        BulkheadPermit place = bulkhead.tryAcquire();
        run(GuardMode.OFF, 100);
        BulkheadPermit none = bulkhead.tryAcquire();
        bulkhead.giveBack(place);
        bulkhead.giveBack(none);
        run(GuardMode.ENFORCE, 100);
        assertThat(bulkhead.tryAcquire()).isNotNull();
        assertThat(bulkhead.tryAcquire()).isNull();
    }

    @Test
    void letsEveryWaiterInWhenItStopsEnforcing() throws Exception {
        for (GuardMode mode : new GuardMode[] {GuardMode.SHADOW, GuardMode.OFF}) {
            run(GuardMode.ENFORCE, 100);
            BulkheadPermit held = bulkhead.tryAcquire();
            try (Callers callers = new Callers()) {
                Caller first = callers.start(() -> bulkhead.call(() -> "first"));
                Caller second = callers.start(() -> bulkhead.call(() -> "second"));
                awaitDepth(bulkhead, 2);
                run(mode, 100);
                assertThat(first.result()).isEqualTo("first");
                assertThat(second.result()).isEqualTo("second");
            }
            assertThat(bulkhead.snapshot().queueDepth()).isZero();
            bulkhead.giveBack(held);
            assertThat(bulkhead.snapshot().concurrent()).isZero();
        }
    }

    @Test
    void enforcesLimitsOfTimeForTheShareOfTheRolloutOnly() {
        assertThat(bulkhead.enforces()).isTrue();
        run(GuardMode.SHADOW, 100);
        assertThat(bulkhead.enforces()).isFalse();
        run(GuardMode.ENFORCE, 30);
        random.set(0.3);
        assertThat(bulkhead.enforces()).isFalse();
        random.set(0.29);
        assertThat(bulkhead.enforces()).isTrue();
    }

    @Test
    void isChangedByOneThreadAfterAnother() {
        run(GuardMode.SHADOW, 100);
        try (Callers callers = new Callers()) {
            callers.start(() -> {
                run(GuardMode.ENFORCE, 100);
                return null;
            });
        }
        assertThat(bulkhead.enforces()).isTrue();
    }
}
