package dev.resilience.breaker;

/** Counts of the outcomes that a {@link WindowSize} holds. Not thread-safe: the breaker's lock guards it. */
abstract sealed class CallWindow permits CountWindow, TimeWindow {

    /** Returns an empty window. */
    static CallWindow of(WindowSize size, long now) {
        if (size instanceof WindowSize.Calls calls) {
            return new CountWindow(calls.count(), now);
        }
        return new TimeWindow(((WindowSize.Time) size).length().toNanos(), now);
    }

    /** Lets go of what is too old by {@code now}. */
    abstract void forget(long now);

    /** Takes one outcome in, after letting go of what is too old by then. */
    abstract void add(boolean bad, boolean slow, long nanos, long now);

    /** Takes in calls that were neither bad nor slow, all of a time for which nothing is to be let go of. */
    abstract void addSuccesses(long count, long nanos);

    /** Returns until when nothing leaves unless a call takes its place. */
    abstract long steadyUntil();

    abstract long calls();

    /** Returns how many of the calls were bad: failed, or refused in a window of attempts. */
    abstract long bad();

    abstract long slow();

    abstract long averageNanos();
}
