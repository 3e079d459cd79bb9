package dev.resilience.benchmarks.report;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this product aims at, as far as JMH can measure it. */
final class Goals {

    private static final String COUNT = "ResilienceCore.countWindow";
    private static final String TIME = "ResilienceCore.timeWindow";
    private static final String CLOCK = "Floor.twoClockReads";
    private static final String EMPTY = "BareProxy.empty";
    private static final String BOTH = "ResilienceAnnotations.both";

    /** Less than a byte is what JMH allocates itself. */
    private static final double NO_BYTES = 0.5;

    static final List<Goal> ALL = List.of(
            Goal.atMost(
                    1.15,
                    "breaker closed, core, 1 thread",
                    "at most 1.15 x two clock reads",
                    (measurements, threads) -> threads == 1 ? ratio(COUNT, CLOCK, measurements, threads) : null),
            Goal.atMost(
                    1.25,
                    "breaker closed, core, more threads",
                    "at most 1.25 x two clock reads with as many threads",
                    (measurements, threads) -> threads == 1 ? null : ratio(COUNT, CLOCK, measurements, threads)),
            Goal.atMost(
                    1,
                    "breaker closed, core: time of an operation of all threads together / that of one thread",
                    "no fall in throughput when threads are added",
                    Goals::scaling),
            Goal.atMost(
                    1.1,
                    "time window / count window",
                    "at most 1.1",
                    (measurements, threads) -> ratio(TIME, COUNT, measurements, threads)),
            Goal.atMost(
                    NO_BYTES,
                    "B/op, permitted path, core",
                    "0",
                    (measurements, threads) -> bytes(
                            measurements, threads, COUNT, TIME, "ResilienceCore.bulkhead", "ResilienceCore.both")),
            Goal.atMost(
                    1,
                    "annotation, open: rejected / (empty interceptor's proxy + 150 ns)",
                    "at most 1",
                    (measurements, threads) -> ratio(
                            Cost.of("ResilienceAnnotations.openRejected"),
                            Cost.of(EMPTY).plusNanos(150),
                            measurements,
                            threads)),
            Goal.atMost(
                    1,
                    "annotation, open: to the fallback / (empty interceptor's proxy + 250 ns)",
                    "at most 1",
                    (measurements, threads) -> ratio(
                            Cost.of("ResilienceAnnotations.openFallback"),
                            Cost.of(EMPTY).plusNanos(250),
                            measurements,
                            threads)),
            Goal.atMost(
                    1,
                    "rejection with a fresh exception / (constructing that exception + a clock read)",
                    "at most 1",
                    (measurements, threads) -> ratio(
                            Cost.of("ResilienceCore.openRejected"),
                            Cost.of("Floor.constructingARejection").plus(1, "Floor.oneClockRead"),
                            measurements,
                            threads)),
            Goal.atMost(
                    1.25,
                    "breaker + bulkhead as one guard / (two clock reads + a `Semaphore`)",
                    "at most 1.25",
                    (measurements, threads) ->
                            ratio("ResilienceCore.both", "Floor.twoClockReadsAndSemaphore", measurements, threads)),
            Goal.atMost(
                    1,
                    "annotation, both / (empty interceptor's proxy + 1.3 x two clock reads)",
                    "at most 1",
                    (measurements, threads) ->
                            ratio(Cost.of(BOTH), Cost.of(EMPTY).plus(1.3, CLOCK), measurements, threads)),
            Goal.atLeast(
                    25,
                    "annotation, both: Resilience4j / ours",
                    "at least 25",
                    (measurements, threads) -> ratio("Resilience4jAnnotations.both", BOTH, measurements, threads)),
            Goal.atMost(
                    NO_BYTES,
                    "annotation, both: B/op more than the empty interceptor's proxy",
                    "0",
                    Goals::moreBytesThanAnEmptyProxy));

    private Goals() {}

    static @Nullable Ratio ratio(String over, String under, Measurements measurements, int threads) {
        return ratio(Cost.of(over), Cost.of(under), measurements, threads);
    }

    private static @Nullable Ratio ratio(Cost over, Cost under, Measurements measurements, int threads) {
        return Ratio.of(over.in(measurements, threads), under.in(measurements, threads));
    }

    private static @Nullable Ratio scaling(Measurements measurements, int threads) {
        Sample many = Cost.of(COUNT).in(measurements, threads);
        return threads == 1 || many == null
                ? null
                : Ratio.of(many.times(1.0 / threads), Cost.of(COUNT).in(measurements, 1));
    }

    private static @Nullable Ratio bytes(Measurements measurements, int threads, String... benchmarks) {
        OptionalDouble most = Stream.of(benchmarks)
                .map(benchmark -> measurements.of(benchmark, threads))
                .filter(Objects::nonNull)
                .mapToDouble(Series::bytes)
                .max();
        return most.isPresent() ? Ratio.exactly(most.getAsDouble()) : null;
    }

    private static @Nullable Ratio moreBytesThanAnEmptyProxy(Measurements measurements, int threads) {
        Series both = measurements.of(BOTH, threads);
        Series empty = measurements.of(EMPTY, threads);
        return both == null || empty == null ? null : Ratio.exactly(Math.max(0, both.bytes() - empty.bytes()));
    }
}
