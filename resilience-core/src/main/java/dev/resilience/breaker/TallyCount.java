package dev.resilience.breaker;

import dev.resilience.Outcome;

/** Counts for others what one agreement's calls said. Guarded by the breaker's lock. */
final class TallyCount {

    private long calls;
    private long failures;
    private long slow;
    private long nanos;

    void ended(Outcome outcome, long duration, TripConfig trip) {
        if (trip.isTelling(outcome, duration)) {
            calls++;
            failures += outcome.isFailure() ? 1 : 0;
            slow += trip.isSlow(outcome, duration) ? 1 : 0;
            nanos += duration;
        }
    }

    void succeeded(long count, long durations) {
        calls += count;
        nanos += durations;
    }

    Tally read(long epoch, long concurrent) {
        return new Tally(epoch, calls, failures, slow, nanos, concurrent);
    }
}
