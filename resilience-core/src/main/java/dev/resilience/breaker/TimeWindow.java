package dev.resilience.breaker;

/**
 * The outcomes of the last so long, summed by tenths of it: an outcome leaves with its tenth, after 0.9 to 1.0 of the length.
 *
 * <p>The memory is the same at any call rate. A clock that goes back finds the newest tenth: nothing is counted into the past.
 */
final class TimeWindow extends CallWindow {

    private static final int TENTHS = 10;
    private static final int CALLS = 0;
    private static final int BAD = 1;
    private static final int SLOW = 2;
    private static final int NANOS = 3;
    private static final int SUMS = 4;

    private final long width;
    private final long origin;
    private final long[] tenths = new long[TENTHS * SUMS];
    private final long[] total = new long[SUMS];
    private long newest;

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
        for (long tenth = current - passed + 1; tenth <= current; tenth++) {
            clear(slot(tenth));
        }
    }

    private static int slot(long tenth) {
        return (int) (tenth % TENTHS) * SUMS;
    }

    private void clear(int slot) {
        for (int sum = 0; sum < SUMS; sum++) {
            total[sum] -= tenths[slot + sum];
            tenths[slot + sum] = 0;
        }
    }

    @Override
    void add(boolean isBad, boolean isSlow, long nanos, long now) {
        forget(now);
        int slot = slot(newest);
        count(slot, CALLS, 1);
        count(slot, BAD, isBad ? 1 : 0);
        count(slot, SLOW, isSlow ? 1 : 0);
        count(slot, NANOS, nanos);
    }

    @Override
    void addSuccesses(long count, long nanos) {
        count(slot(newest), CALLS, count);
        count(slot(newest), NANOS, nanos);
    }

    @Override
    long steadyUntil() {
        return origin + (newest + 1) * width;
    }

    private void count(int slot, int sum, long change) {
        tenths[slot + sum] += change;
        total[sum] += change;
    }

    @Override
    long calls() {
        return total[CALLS];
    }

    @Override
    long bad() {
        return total[BAD];
    }

    @Override
    long slow() {
        return total[SLOW];
    }

    @Override
    long averageNanos() {
        return total[CALLS] == 0 ? 0 : total[NANOS] / total[CALLS];
    }
}
