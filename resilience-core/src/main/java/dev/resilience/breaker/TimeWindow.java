package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the last so long, summed by tenths of it: an outcome leaves with its tenth, after 0.9 to 1.0 of the length.
 *
 * <p>The memory is the same at any call rate, and less where tenths pass without an outcome. A clock that goes back finds the newest
 * tenth: nothing is counted into the past.
 */
/*
 * A tenth that follows another at once takes over the sums of the one that leaves, so that frequent calls allocate nothing; those
 * that were skipped have none, because most of many keys are seldom called.
 */
final class TimeWindow extends CallWindow {

    private static final int TENTHS = 10;

    private final long width;
    private final long origin;
    private final @Nullable Sums[] tenths = new Sums[TENTHS];
    private final Sums total = new Sums();
    private long newest;

    /** What calls said, in sum. */
    private static final class Sums {

        private long calls;
        private long bad;
        private long slow;
        private long nanos;

        void add(long moreCalls, long moreBad, long moreSlow, long moreNanos) {
            calls += moreCalls;
            bad += moreBad;
            slow += moreSlow;
            nanos += moreNanos;
        }

        void leave(Sums whole) {
            whole.add(-calls, -bad, -slow, -nanos);
            add(-calls, -bad, -slow, -nanos);
        }
    }

    TimeWindow(long length, long now) {
        width = Math.max(1, length / TENTHS);
        origin = now;
    }

    @Override
    void forget(long now) {
        long current = (now - origin) / width;
        if (current <= newest) {
            return;
        }
        long passed = Math.min(current - newest, TENTHS);
        newest = current;
        clear(slot(current));
        for (long skipped = current - passed + 1; skipped < current; skipped++) {
            clear(slot(skipped));
            tenths[slot(skipped)] = null;
        }
    }

    private static int slot(long tenth) {
        return (int) (tenth % TENTHS);
    }

    private void clear(int slot) {
        Sums left = tenths[slot];
        if (left != null) {
            left.leave(total);
        }
    }

    @Override
    void add(boolean isBad, boolean isSlow, long nanos, long now) {
        forget(now);
        count(1, isBad ? 1 : 0, isSlow ? 1 : 0, nanos);
    }

    @Override
    void addSuccesses(long count, long nanos) {
        count(count, 0, 0, nanos);
    }

    @Override
    long steadyUntil() {
        return origin + (newest + 1) * width;
    }

    private void count(long calls, long bad, long slow, long nanos) {
        Sums sums = tenths[slot(newest)];
        if (sums == null) {
            sums = new Sums();
            tenths[slot(newest)] = sums;
        }
        sums.add(calls, bad, slow, nanos);
        total.add(calls, bad, slow, nanos);
    }

    @Override
    long calls() {
        return total.calls;
    }

    @Override
    long bad() {
        return total.bad;
    }

    @Override
    long slow() {
        return total.slow;
    }

    @Override
    long averageNanos() {
        return total.calls == 0 ? 0 : total.nanos / total.calls;
    }
}
