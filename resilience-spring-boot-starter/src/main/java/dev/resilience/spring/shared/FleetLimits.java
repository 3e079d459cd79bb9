package dev.resilience.spring.shared;

import dev.resilience.breaker.Tally;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.TripConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a fleet are judged by.
 *
 * @param trip what every breaker has
 * @param sharing the limits of a fleet
 */
record FleetLimits(TripConfig trip, Sharing sharing) {

    /** From which part of a limit on it is near. */
    private static final int HALF = 2;
    /*
     * Of concurrency, a smaller part: what two flushes tell can fall into one bucket, and where nodes still flush lazily that must not
     * look like the limit.
     */
    private static final int THIRD = 3;

    /**
     * What is judged, of one node or of all.
     *
     * @param concurrent calls under way at once, of all nodes or, of one node, if all had as many
     */
    record Counts(long calls, long failures, long slow, long nanos, double concurrent) {

        static Counts of(SyncAnswer.Sums sums, Duration bucket) {
            return new Counts(
                    sums.calls(),
                    sums.failures(),
                    sums.slow(),
                    sums.duration().toNanos(),
                    (double) sums.lastBucketBusy().toNanos() / bucket.toNanos());
        }

        static Counts of(Tally node, double concurrent) {
            return new Counts(node.calls(), node.failures(), node.slow(), node.nanos(), concurrent);
        }
    }

    /** Returns the limit that is reached, the first in the order of the contract; null if none is. */
    @Nullable
    TransitionReason reached(Counts counts) {
        if (counts.calls() >= trip.minimumCalls()) {
            if (trip.isFailureRateReached(counts.failures(), counts.calls())) {
                return TransitionReason.FAILURE_RATE;
            }
            if (trip.isSlowCallRateReached(counts.slow(), counts.calls())) {
                return TransitionReason.SLOW_CALL_RATE;
            }
            if (isTooLong(counts, 1)) {
                return TransitionReason.AVERAGE_DURATION;
            }
        }
        return areTooMany(counts, 1) ? TransitionReason.CONCURRENT : null;
    }

    /** Returns whether a limit is not far, however few calls there are: then the fleet should know soon. */
    boolean isNear(Counts counts) {
        return reaches(counts.failures(), counts.calls(), trip.failureRate() / HALF)
                || (trip.slowCallDuration() != null
                        && reaches(counts.slow(), counts.calls(), trip.slowCallRate() / HALF))
                || isTooLong(counts, HALF)
                || areTooMany(counts, THIRD);
    }

    /** Returns whether a node without a failure is in trouble all the same. */
    boolean isInTrouble(Counts counts) {
        return (trip.slowCallDuration() != null && counts.slow() > 0) || isTooLong(counts, 1) || areTooMany(counts, 1);
    }

    private static boolean reaches(long part, long calls, double percent) {
        return calls > 0 && part * 100.0 >= percent * calls;
    }

    private boolean isTooLong(Counts counts, int part) {
        Duration limit = sharing.averageDuration();
        return limit != null
                && counts.calls() > 0
                && (double) counts.nanos() / counts.calls() * part >= limit.toNanos();
    }

    private boolean areTooMany(Counts counts, int part) {
        Integer limit = sharing.concurrent();
        return limit != null && counts.concurrent() * part >= limit;
    }
}
