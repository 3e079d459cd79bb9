package dev.resilience.benchmarks.report;

import java.util.List;

/**
 * Benchmarks that do the same thing.
 *
 * @param reference the benchmark that the others are divided by
 */
record Table(String title, String reference, List<Row> rows) {

    /**
     * One benchmark.
     *
     * @param less what it does not do and the product does; empty if nothing
     */
    record Row(String label, String benchmark, String less) {}

    /** All of them. */
    static final List<Table> ALL = List.of(
            new Table(
                    "Closed breaker, one call that succeeds",
                    "Floor.twoClockReads",
                    List.of(
                            row("two clock reads: the floor", "Floor.twoClockReads"),
                            row("the same with two atomic additions", "Floor.twoClockReadsAndTwoAdditions"),
                            row("**ours, count window**", "ResilienceCore.countWindow"),
                            row("**ours, time window**", "ResilienceCore.timeWindow"),
                            row("**ours, count window, 1 % failures**", "ResilienceCore.failuresOfOnePercent"),
                            row("**ours, count window, timeout**", "ResilienceCore.timeout"),
                            row(
                                    "Resilience4j, count window, synchronized",
                                    "Resilience4jCore.countWindowSynchronized",
                                    "late outcomes count"),
                            row(
                                    "Resilience4j, count window, lock-free",
                                    "Resilience4jCore.countWindowLockFree",
                                    "late outcomes count"),
                            row(
                                    "Resilience4j, time window, synchronized",
                                    "Resilience4jCore.timeWindowSynchronized",
                                    "late outcomes count"),
                            row(
                                    "Resilience4j, time window, lock-free",
                                    "Resilience4jCore.timeWindowLockFree",
                                    "late outcomes count"),
                            row(
                                    "Resilience4j, count window, 1 % failures",
                                    "Resilience4jCore.failuresOfOnePercent", "late outcomes count"),
                            row("SmallRye, core", "SmallRyeCore.countWindow", "no durations"),
                            row("Failsafe, decorated", "FailsafeCore.decorated", "no durations; late outcomes count"),
                            row("Failsafe, permit and success by hand", "FailsafeCore.byHand", "no durations, no call"),
                            row(
                                    "Failsafe, decorated, timeout",
                                    "FailsafeCore.timeout",
                                    "no durations; late outcomes count"),
                            row("Sentinel", "SentinelCore.timeWindow", "window not exact"))),
            new Table(
                    "Open breaker or full bulkhead, refused",
                    "Floor.constructingARejection",
                    List.of(
                            row("constructing the exception: the floor", "Floor.constructingARejection"),
                            row("one clock read", "Floor.oneClockRead"),
                            row("**ours, fresh exception**", "ResilienceCore.openRejected"),
                            row("**ours, `acquire`**", "ResilienceCore.openAcquire"),
                            row("**ours, recovered**", "ResilienceCore.openRecovered"),
                            row("Resilience4j, exception with stack trace", "Resilience4jCore.openRejected"),
                            row("Resilience4j, exception without", "Resilience4jCore.openRejectedWithoutTrace"),
                            row("Resilience4j, `tryAcquirePermission`", "Resilience4jCore.openTryAcquire", "no reason"),
                            row("Failsafe, exception", "FailsafeCore.openRejected", "no message"),
                            row("Failsafe, `tryAcquirePermit`", "FailsafeCore.openTryAcquire", "no reason"),
                            row("SmallRye, exception", "SmallRyeCore.openRejected"),
                            row("Sentinel, exception", "SentinelCore.openRejected"),
                            row("**ours, full bulkhead, exception**", "ResilienceCore.fullRejected"),
                            row("**ours, full bulkhead, `tryAcquire`**", "ResilienceCore.fullTryAcquire"),
                            row(
                                    "Resilience4j, full bulkhead, exception without stack trace",
                                    "Resilience4jCore.fullRejected"),
                            row(
                                    "Resilience4j, full bulkhead, `tryAcquirePermission`",
                                    "Resilience4jCore.fullTryAcquire"))),
            new Table(
                    "Bulkhead, uncontended",
                    "Floor.semaphore",
                    List.of(
                            row("`Semaphore`: the floor", "Floor.semaphore", "no counts, barging"),
                            row("**ours, permit**", "ResilienceCore.bulkheadPermit"),
                            row("**ours, call**", "ResilienceCore.bulkhead"),
                            row("Resilience4j, permit", "Resilience4jCore.bulkheadPermit", "no counts, no durations"),
                            row("Resilience4j, call", "Resilience4jCore.bulkhead", "no counts, no durations"),
                            row("Failsafe, permit", "FailsafeCore.bulkheadPermit", "no counts, no durations"),
                            row(
                                    "Spring, concurrency throttle",
                                    "SpringThrottle.bulkheadPermit",
                                    "no counts, no durations"))),
            new Table(
                    "Breaker and bulkhead, one call that succeeds",
                    "Floor.twoClockReadsAndSemaphore",
                    List.of(
                            row("two clock reads and a `Semaphore`: the floor", "Floor.twoClockReadsAndSemaphore"),
                            row("**ours, one guard**", "ResilienceCore.both"),
                            row(
                                    "Resilience4j, decorated twice",
                                    "Resilience4jCore.both",
                                    "late outcomes count; no counts of the bulkhead"),
                            row("Failsafe, composed", "FailsafeCore.both", "no durations; late outcomes count"))),
            new Table(
                    "Through the annotation, Spring Boot",
                    "BareProxy.empty",
                    List.of(
                            row("a proxy with an empty interceptor: the floor", "BareProxy.empty"),
                            row("the same with two clock reads", "BareProxy.twoClockReads"),
                            row("an interceptor that throws, with stack trace", "BareProxy.throwing"),
                            row("an interceptor that throws, without", "BareProxy.throwingWithoutTrace"),
                            row("**ours, `@Breaker`**", "ResilienceAnnotations.breaker"),
                            row("**ours, `@Breaker` with `fallback`**", "ResilienceAnnotations.breakerWithFallback"),
                            row("**ours, `@Bulkhead`**", "ResilienceAnnotations.bulkhead"),
                            row("**ours, both**", "ResilienceAnnotations.both"),
                            row("**ours, open, rejected**", "ResilienceAnnotations.openRejected"),
                            row("**ours, open, to the fallback**", "ResilienceAnnotations.openFallback"),
                            row(
                                    "Resilience4j, breaker of Boot's registry, no annotation",
                                    "Resilience4jAnnotations.breakerOfRegistry"),
                            row("Resilience4j, `@CircuitBreaker`", "Resilience4jAnnotations.breaker"),
                            row(
                                    "Resilience4j, `@CircuitBreaker` with `fallbackMethod`",
                                    "Resilience4jAnnotations.breakerWithFallback"),
                            row("Resilience4j, `@Bulkhead`", "Resilience4jAnnotations.bulkhead", "no durations"),
                            row("Resilience4j, both", "Resilience4jAnnotations.both"),
                            row("Resilience4j, open, rejected", "Resilience4jAnnotations.openRejected"),
                            row(
                                    "Resilience4j, open, rejected without stack trace",
                                    "Resilience4jAnnotations.openRejectedWithoutTrace"),
                            row("Resilience4j, open, to the fallback", "Resilience4jAnnotations.openFallback"),
                            row("Spring, `@ConcurrencyLimit`", "SpringAnnotations.bulkhead", "no counts, no durations"),
                            row("Spring, `@Retryable`", "SpringAnnotations.retryable", "another job"))));

    private static Row row(String label, String benchmark) {
        return row(label, benchmark, "");
    }

    private static Row row(String label, String benchmark, String less) {
        return new Row(label, benchmark, less);
    }
}
