package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTests {

    private static final int HISTORIES = 10_000;
    private static final int HANDOVERS = 100_000;

    /** {@code -Dplaces.seed=<number>} plays the histories of an earlier run again. */
    @Test
    void doesWhatTheSequentialModelDoes() {
        long seed = Long.getLong("places.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            PlacesHistory history = PlacesHistory.random(random);
            if (history.fails()) {
                PlacesHistory smallest = history.shrunk();
                System.out.println("-Dplaces.seed=" + seed + ", history " + i + ", shrunk to: " + smallest);
                smallest.play();
            }
        }
    }

    @Test
    void grantsInTheOrderOfArrivalWhenTheLimitIsRaised() {
        Places places = new Places(1);
        List<String> granted = new ArrayList<>();
        assertThat(places.tryTake()).isTrue();
        for (String caller : List.of("first", "second", "third")) {
            assertThat(places.join(turn(() -> granted.add(caller)), 3)).isTrue();
        }

        places.resize(3);

        assertThat(granted).containsExactly("first", "second");
        assertThat(places.occupancy()).isEqualTo(new Places.Occupancy(3, 1));
    }

    @Test
    void letsNobodyInUntilAsManyHaveLeftAsTheLimitWasLoweredBy() {
        Places places = new Places(3);
        List<String> granted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(places.tryTake()).isTrue();
        }
        places.resize(1);
        assertThat(places.join(turn(() -> granted.add("waiter")), 1)).isTrue();

        places.giveBack();
        places.giveBack();
        assertThat(granted).isEmpty();

        places.giveBack();
        assertThat(granted).containsExactly("waiter");
    }

    @Test
    void letsNobodyOvertakeACallerThatWaits() throws InterruptedException {
        Places places = new Places(1);
        assertThat(places.tryTake()).isTrue();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger overtakings = new AtomicInteger();
        Thread overtaker = new Thread(() -> {
            while (!over.get()) {
                overtakings.addAndGet(places.tryTake() ? 1 : 0);
            }
        });
        overtaker.start();
        for (int round = 0; round < HANDOVERS && overtakings.get() == 0; round++) {
            places.join(turn(() -> {}), 1);
            places.giveBack();
        }
        over.set(true);
        overtaker.join();
        assertThat(overtakings).hasValue(0);
    }

    private static Places.Turn turn(Runnable granted) {
        return new Places.Turn() {
            @Override
            public void grant(BulkheadPermit place) {
                granted.run();
            }

            @Override
            public void exempt() {
                throw new AssertionError("Places let nobody in without a place");
            }
        };
    }
}
