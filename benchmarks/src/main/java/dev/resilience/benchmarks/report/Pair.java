package dev.resilience.benchmarks.report;

import java.util.List;

/** A row that this product and a peer both have. */
record Pair(String row, String ours, String peer, boolean timed) {

    /** All of them; {@code timed} says that the peer measures how long its calls take, as the product does. */
    static final List<Pair> ALL = List.of(
            timed("count window, Resilience4j synchronized", "countWindow", "Resilience4jCore.countWindowSynchronized"),
            timed("count window, Resilience4j lock-free", "countWindow", "Resilience4jCore.countWindowLockFree"),
            untimed("count window, SmallRye", "countWindow", "SmallRyeCore.countWindow"),
            untimed("count window, Failsafe decorated", "countWindow", "FailsafeCore.decorated"),
            untimed("count window, Failsafe by hand", "countWindow", "FailsafeCore.byHand"),
            timed("time window, Resilience4j synchronized", "timeWindow", "Resilience4jCore.timeWindowSynchronized"),
            timed("time window, Resilience4j lock-free", "timeWindow", "Resilience4jCore.timeWindowLockFree"),
            timed("time window, Sentinel", "timeWindow", "SentinelCore.timeWindow"),
            timed("1 % failures, Resilience4j", "failuresOfOnePercent", "Resilience4jCore.failuresOfOnePercent"),
            untimed("with a timeout, Failsafe", "timeout", "FailsafeCore.timeout"),
            timed("open, Resilience4j", "openRejected", "Resilience4jCore.openRejected"),
            timed("open, Resilience4j without trace", "openRejected", "Resilience4jCore.openRejectedWithoutTrace"),
            untimed("open, Failsafe", "openRejected", "FailsafeCore.openRejected"),
            untimed("open, SmallRye", "openRejected", "SmallRyeCore.openRejected"),
            timed("open, Sentinel", "openRejected", "SentinelCore.openRejected"),
            untimed("bulkhead's permit, Resilience4j", "bulkheadPermit", "Resilience4jCore.bulkheadPermit"),
            untimed("bulkhead's permit, Failsafe", "bulkheadPermit", "FailsafeCore.bulkheadPermit"),
            untimed("bulkhead's permit, Spring", "bulkheadPermit", "SpringThrottle.bulkheadPermit"),
            untimed("call through a bulkhead, Resilience4j", "bulkhead", "Resilience4jCore.bulkhead"),
            untimed("full bulkhead's exception, Resilience4j", "fullRejected", "Resilience4jCore.fullRejected"),
            timed("breaker and bulkhead, Resilience4j", "both", "Resilience4jCore.both"),
            untimed("breaker and bulkhead, Failsafe", "both", "FailsafeCore.both"),
            annotated("annotation, breaker", "breaker"),
            annotated("annotation, breaker with a fallback", "breakerWithFallback"),
            annotated("annotation, bulkhead", "bulkhead"),
            annotated("annotation, both", "both"),
            annotated("annotation, open, rejected", "openRejected"),
            annotated("annotation, open, to the fallback", "openFallback"),
            new Pair(
                    "annotation, bulkhead, Spring",
                    "ResilienceAnnotations.bulkhead",
                    "SpringAnnotations.bulkhead",
                    false));

    private static Pair timed(String row, String ours, String peer) {
        return new Pair(row, "ResilienceCore." + ours, peer, true);
    }

    private static Pair untimed(String row, String ours, String peer) {
        return new Pair(row, "ResilienceCore." + ours, peer, false);
    }

    private static Pair annotated(String row, String benchmark) {
        return new Pair(
                row + ", Resilience4j",
                "ResilienceAnnotations." + benchmark,
                "Resilience4jAnnotations." + benchmark,
                !benchmark.equals("bulkhead"));
    }
}
