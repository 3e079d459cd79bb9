package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.resilience.CallRejectedException;
import dev.resilience.Name;
import dev.resilience.Scheduler;
import dev.resilience.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTests {

    private static final long HISTORIES = Long.getLong("places.histories", 10_000);
    private static final int HANDOVERS = 100_000;
    private static final CallerClass NOBODY_SPECIAL = new CallerClass(null);

    /** {@code -Dplaces.seed=<number>} plays the histories of an earlier run again, {@code -Dplaces.histories=<number>} so many. */
    @Test
    void doesWhatTheSequentialModelDoes() {
        long seed = Long.getLong("places.seed", System.nanoTime());
        Random random = new Random(seed);
        for (long i = 0; i < HISTORIES; i++) {
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
        Places places = places(1);
        List<String> granted = new ArrayList<>();
        assertThat(places.tryTake(NOBODY_SPECIAL)).isNotNull();
        for (String caller : List.of("first", "second", "third")) {
            assertThat(places.join(turn(() -> granted.add(caller)), 3)).isTrue();
        }

        places.resize(3, Map.of());

        assertThat(granted).containsExactly("first", "second");
        assertThat(places.occupancy()).isEqualTo(new Places.Occupancy(3, 1));
    }

    @Test
    void letsNobodyInUntilAsManyHaveLeftAsTheLimitWasLoweredBy() {
        Places places = places(3);
        List<String> granted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(places.tryTake(NOBODY_SPECIAL)).isNotNull();
        }
        places.resize(1, Map.of());
        assertThat(places.join(turn(() -> granted.add("waiter")), 1)).isTrue();

        places.giveBack(NOBODY_SPECIAL);
        places.giveBack(NOBODY_SPECIAL);
        assertThat(granted).isEmpty();

        places.giveBack(NOBODY_SPECIAL);
        assertThat(granted).containsExactly("waiter");
    }

    @Test
    void letsNobodyOvertakeACallerThatWaits() throws InterruptedException {
        Places places = places(1);
        assertThat(places.tryTake(NOBODY_SPECIAL)).isNotNull();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger overtakings = new AtomicInteger();
        Thread overtaker = new Thread(() -> {
            while (!over.get()) {
                overtakings.addAndGet(places.tryTake(NOBODY_SPECIAL) == null ? 0 : 1);
            }
        });
        overtaker.start();
        for (int round = 0; round < HANDOVERS && overtakings.get() == 0; round++) {
            places.join(turn(() -> {}), 1);
            places.giveBack(NOBODY_SPECIAL);
        }
        over.set(true);
        overtaker.join();
        assertThat(overtakings).hasValue(0);
    }

    @Test
    void isLookedAtWithoutAnybodyElse() {
        Places places = places(1);

        assertThatNoException().isThrownBy(places::look);
    }

    private static Places places(int limit) {
        CallerClasses classes = new CallerClasses(Name.of("payments"), new UnsharedCriticalities(), Ticker.system());
        Runnable nothing = () -> {};
        Places places = new Places(classes, new Looks(Scheduler.system(), Ticker.system(), nothing));
        places.resize(limit, Map.of());
        return places;
    }

    private static Places.Turn turn(Runnable granted) {
        return new Places.Turn() {
            @Override
            public CallerClass callers() {
                return NOBODY_SPECIAL;
            }

            @Override
            public void grant(BulkheadPermit place) {
                granted.run();
            }

            @Override
            public void exempt() {
                throw new AssertionError("Places let nobody in without a place");
            }

            @Override
            public void refuse(CallRejectedException why) {
                throw new AssertionError("Places send nobody away");
            }
        };
    }
}
