package dev.resilience.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SourceTests {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000);
    private final List<String> read = new ArrayList<>();
    private final Source<String, Length> source = new Source<>(this::read, nanos::get);

    @Test
    void readsASingleGuardForEachMeter() {
        source.add("payments");
        source.view();
        source.view();
        assertThat(read).containsExactly("payments", "payments");
    }

    @Test
    void readsSeveralGuardsOnceForMetersThatAreReadTogether() {
        source.add("eu");
        source.add("us");
        source.view();
        nanos.addAndGet(19_999);
        assertThat(source.view().sum()).isEqualTo(4);
        assertThat(read).containsExactly("eu", "us");
    }

    @Test
    void readsSeveralGuardsAgainAfterTenMicrosecondsEach() {
        source.add("eu");
        source.add("us");
        source.view();
        nanos.addAndGet(20_000);
        source.view();
        assertThat(read).containsExactly("eu", "us", "eu", "us");
    }

    @Test
    void countsAGuardOnceThatItHearsOfTwice() {
        source.add("payments");
        source.add("payments");
        assertThat(source.view().sum()).isEqualTo(8);
    }

    @Test
    void keepsWhatADroppedGuardLeaves() {
        source.add("eu");
        source.add("payments");
        source.drop("payments");
        assertThat(source.view().sum()).isEqualTo(10);
    }

    @Test
    void countsWhatADroppedGuardStillCounts() {
        Source<AtomicInteger, Length> counters = new Source<>(counter -> new Length(counter.get()), nanos::get);
        AtomicInteger dropped = new AtomicInteger(2);
        counters.add(dropped);
        counters.drop(dropped);
        dropped.set(3);
        assertThat(counters.view().sum()).isEqualTo(3);
    }

    @Test
    void keepsWhatMoreDroppedGuardsLeaveThanItReads() {
        Source<AtomicInteger, Length> counters = new Source<>(counter -> new Length(counter.get()), nanos::get);
        for (int i = 0; i < 250; i++) {
            AtomicInteger dropped = new AtomicInteger(1);
            counters.add(dropped);
            counters.drop(dropped);
        }
        assertThat(counters.view().sum()).isEqualTo(250);
    }

    @Test
    void readsADroppedGuardForAsLongAsItIsBusy() {
        Source<AtomicInteger, Length> counters =
                new Source<>(counter -> new Length(counter.get(), counter.get() >= 1_000), nanos::get);
        AtomicInteger busy = new AtomicInteger(1_000);
        counters.add(busy);
        counters.drop(busy);
        for (int i = 0; i < 250; i++) {
            AtomicInteger dropped = new AtomicInteger(1);
            counters.add(dropped);
            counters.drop(dropped);
        }
        busy.set(2_000);
        assertThat(counters.view().sum()).isEqualTo(2_250);
    }

    @Test
    void countsNothingOfAGuardThatItNeverHadAndHearsDropped() {
        source.add("eu");
        source.drop("payments");
        assertThat(source.view().sum()).isEqualTo(2);
    }

    private Length read(String guard) {
        read.add(guard);
        return new Length(guard.length());
    }

    private record Length(int sum, boolean isBusy) implements View<Length> {
        Length(int sum) {
            this(sum, false);
        }

        @Override
        public Length plus(Length other) {
            return new Length(sum + other.sum, isBusy || other.isBusy);
        }

        @Override
        public Length remains() {
            return this;
        }
    }
}
