package dev.resilience.benchmarks.report;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long is measured. Each round measures every benchmark with each number of threads in a fork of its own, one after the other, so
 * that what disturbs the machine for a while disturbs all of them.
 *
 * @param rounds how many forks each benchmark has
 * @param coreWarmups how many iterations of a call without any framework before any is counted
 * @param annotationWarmups as many of a call through a bean's proxy, which has more to compile
 * @param warmup length of such an iteration, in milliseconds
 * @param iterations how many are counted
 * @param iteration length of such an iteration, in milliseconds
 */
record Plan(int rounds, int coreWarmups, int annotationWarmups, int warmup, int iterations, int iteration) {

    private static final Plan FULL = new Plan(3, 2, 4, 400, 5, 200);
    private static final Plan QUICK = new Plan(1, 1, 3, 400, 3, 100);

    static Plan of(boolean quick) {
        return quick ? QUICK : FULL;
    }

    /** Returns 1 and 2 threads, and 4, 8 and 16 where there are as many processors. */
    static List<Integer> threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        return Stream.of(1, 2, 4, 8, 16)
                .filter(threads -> threads <= Math.max(2, cores))
                .toList();
    }

    int warmups(Layer layer) {
        return switch (layer) {
            case CORE -> coreWarmups;
            case ANNOTATION -> annotationWarmups;
        };
    }

    TimeValue warmupTime() {
        return TimeValue.milliseconds(warmup);
    }

    TimeValue iterationTime() {
        return TimeValue.milliseconds(iteration);
    }

    /** Returns how long all iterations of so many benchmarks take, without the starts of the forks. */
    Duration of(Layer layer, int benchmarks, int threadCounts) {
        long fork = (long) warmups(layer) * warmup + (long) iterations * iteration;
        return Duration.ofMillis(fork * rounds * benchmarks * threadCounts);
    }
}
