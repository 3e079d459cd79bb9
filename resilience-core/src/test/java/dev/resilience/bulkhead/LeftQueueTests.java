package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that leaves the queue keeps no place that came in the same moment, and hears that it has left. */
class LeftQueueTests {

    private static final Duration WAIT = Duration.ofMillis(20);
    private static final Name NAME = Name.of("payments");

    private final ManualTicker ticker = new ManualTicker();
    private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead(
            NAME,
            BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withQueue(1, WAIT),
            GuardEnvironment.DEFAULT.withTicker(ticker));
    private final BulkheadPermit held = bulkhead.tryAcquire();
    private final List<String> heard = new ArrayList<>();

    private class Listening implements WaitingCall {

        @Override
        public void joined(Runnable wake) {
            heard.add("joined");
        }

        @Override
        public void left() {
            heard.add("left");
        }
    }

    private void assertNothingHeld() {
        assertThat(bulkhead.snapshot().concurrent()).isZero();
        assertThat(bulkhead.snapshot().queueDepth()).isZero();
        assertThat(bulkhead.snapshot().totals().waited()).isEqualTo(1);
        assertThat(heard).containsExactly("joined", "left");
    }

    @Test
    void withItsPlace() {
        BulkheadPermit place = bulkhead.acquire(new Listening() {
            @Override
            public void joined(Runnable wake) {
                super.joined(wake);
                bulkhead.giveBack(held);
            }
        });

        assertThat(bulkhead.snapshot().concurrent()).isEqualTo(1);
        bulkhead.giveBack(place);
        assertNothingHeld();
    }

    @Test
    void becauseItIsBroken() {
        IllegalStateException broken = new IllegalStateException("broken");

        assertThatThrownBy(() -> bulkhead.acquire(new Listening() {
                    @Override
                    public void joined(Runnable wake) {
                        super.joined(wake);
                        bulkhead.giveBack(held);
                        throw broken;
                    }
                }))
                .isSameAs(broken);

        assertNothingHeld();
    }

    @Test
    void becauseItsBreakerOpens() {
        BulkheadClosedException evicted = new BulkheadClosedException(NAME);

        assertThatThrownBy(() -> bulkhead.acquire(new Listening() {
                    @Override
                    public void check() {
                        bulkhead.giveBack(held);
                        throw evicted;
                    }
                }))
                .isSameAs(evicted);

        assertNothingHeld();
        assertThat(bulkhead.snapshot().totals().evicted()).isEqualTo(1);
    }

    @Test
    void becauseItsTimeIsOver() {
        assertThatThrownBy(() -> bulkhead.acquire(new Listening() {
                    @Override
                    public void joined(Runnable wake) {
                        super.joined(wake);
                        ticker.advance(WAIT);
                    }
                }))
                .isInstanceOf(BulkheadFullException.class);

        bulkhead.giveBack(held);
        assertNothingHeld();
    }
}
