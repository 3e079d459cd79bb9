package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import dev.resilience.bulkhead.HeldTimes.Sums;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HeldTimesTests {

    private static final int FULL = 1 << 17;
    private static final long LONG = 1L << 26;

    private final HeldTimes times = new HeldTimes();

    @Test
    void areNoneAtFirst() {
        assertThat(times.sums()).isEqualTo(new Sums(0, 0));
    }

    @Test
    void countEachPlaceWithItsTime() {
        times.add(9);
        times.add(0);
        times.add(7);

        assertThat(times.sums()).isEqualTo(new Sums(3, 16));
    }

    @Test
    void countTimesThatTakeManyBits() {
        times.add(LONG - 1);
        times.add(LONG);
        times.add(Long.MAX_VALUE / 2);

        assertThat(times.sums()).isEqualTo(new Sums(3, 2 * LONG - 1 + Long.MAX_VALUE / 2));
    }

    @Test
    void countMorePlacesThanOneNumberHolds() {
        int places = 10 * FULL;
        for (int place = 0; place < places; place++) {
            times.add(LONG - 1);
        }

        assertThat(times.sums()).isEqualTo(new Sums(places, places * (LONG - 1)));
    }

    @Test
    void countTheSameOnceThreadsCountApart() {
        int places = 10 * FULL;
        times.add(9);
        times.stripe();
        for (int place = 0; place < places; place++) {
            times.add(LONG - 1);
        }
        times.stripe();

        assertThat(times.sums()).isEqualTo(new Sums(places + 1, places * (LONG - 1) + 9));
    }

    @Test
    void countTheSameAfterReadings() {
        times.add(9);
        times.sums();
        times.add(7);

        assertThat(times.sums()).isEqualTo(new Sums(2, 16));
    }

    @Test
    @Timeout(30)
    void countThePlacesOfManyThreadsAndNeverFewerThanBefore() {
        int threads = 4;
        AtomicBoolean done = new AtomicBoolean();
        try (Callers reader = new Callers()) {
            Callers.Caller reading = reader.start(() -> isNeverLess(done));
            try (Callers callers = new Callers()) {
                for (int thread = 0; thread < threads; thread++) {
                    callers.start(() -> {
                        for (int place = 0; place < 2 * FULL; place++) {
                            times.add(3);
                        }
                        return null;
                    });
                }
            } finally {
                done.set(true);
            }
            assertThat(reading.result()).isEqualTo(true);
        }

        assertThat(times.sums()).isEqualTo(new Sums(2L * FULL * threads, 6L * FULL * threads));
    }

    private boolean isNeverLess(AtomicBoolean done) {
        boolean never = true;
        Sums before = times.sums();
        while (!done.get()) {
            Sums now = times.sums();
            never &= now.places() >= before.places() && now.nanos() >= before.nanos();
            before = now;
        }
        return never;
    }
}
