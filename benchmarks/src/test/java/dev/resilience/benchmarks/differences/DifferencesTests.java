package dev.resilience.benchmarks.differences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What this breaker does otherwise than Resilience4j, where their rules could be the same: a window of calls, one call at a time, no
 * back-off, no jitter. {@code -Doracle.seed=<number>} plays the histories of an earlier run again, {@code -Doracle.histories=<number>}
 * so many.
 */
class DifferencesTests {

    private static final List<Double> RATES = List.of(10.0, 25.0, 33.3, 33.3333335, 50.0, 66.7, 100.0);
    private static final List<Outcome> OUTCOMES =
            List.of(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE, Outcome.FAILURE, Outcome.IGNORED);
    private static final List<Duration> DURATIONS =
            List.of(Duration.ZERO, Duration.ZERO, Peers.SLOW.minusNanos(1), Peers.SLOW, Peers.SLOW.plusNanos(1));
    private static final List<Duration> PAUSES =
            List.of(Peers.INTERVAL.minusNanos(1), Duration.ofNanos(1), Peers.INTERVAL, Duration.ofSeconds(1));
    private static final int STEPS = 60;

    @Test
    void areThoseThatAreExplained() {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        long histories = Long.getLong("oracle.histories", 5_000);
        Random random = new Random(seed);
        Map<Difference, Integer> seen = new EnumMap<>(Difference.class);
        for (long history = 0; history < histories; history++) {
            Difference first = firstOf(random, seed, history);
            if (first != null) {
                seen.merge(first, 1, Integer::sum);
            }
        }
        assertThat(seen).as("differences of " + histories + " histories").containsOnlyKeys(Difference.values());
    }

    private static @Nullable Difference firstOf(Random random, long seed, long history) {
        Peers peers = new Peers(limits(random));
        List<String> steps = new ArrayList<>();
        try {
            Difference difference = null;
            for (int step = 0; step < STEPS && difference == null; step++) {
                difference = step(peers, random, steps);
            }
            return difference;
        } catch (AssertionError unexplained) {
            throw new AssertionError("-Doracle.seed=" + seed + ", history " + history + ": " + steps, unexplained);
        }
    }

    private static Peers.Limits limits(Random random) {
        return new Peers.Limits(
                1 + random.nextInt(8),
                1 + random.nextInt(8),
                1 + random.nextInt(5),
                any(RATES, random),
                any(RATES, random));
    }

    private static @Nullable Difference step(Peers peers, Random random, List<String> steps) {
        int die = random.nextInt(100);
        if (die < 2) {
            steps.add("reset");
            peers.reset();
        } else if (die < 5) {
            steps.add("force or release");
            peers.force();
        } else if (die < 30) {
            Duration pause = any(PAUSES, random);
            steps.add("pass " + pause);
            peers.pass(pause);
        } else {
            Outcome outcome = any(OUTCOMES, random);
            Duration duration = any(DURATIONS, random);
            steps.add(outcome + " after " + duration);
            return peers.call(outcome, duration);
        }
        return null;
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
