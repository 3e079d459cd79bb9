package dev.resilience.breaker;

import java.util.Arrays;

/** The last so many outcomes, in a ring that grows to its size as outcomes come. */
final class CountWindow extends CallWindow {

    private static final int FIRST_RING = 64;
    private static final byte BAD = 1;
    private static final byte SLOW = 2;

    private final int size;
    private final long never;
    private byte[] ring;
    private int next;
    private int calls;
    private int bad;
    private int slow;
    private double average;

    CountWindow(int size, long now) {
        this.size = size;
        never = now + Long.MAX_VALUE;
        ring = new byte[Math.min(size, FIRST_RING)];
    }

    @Override
    void forget(long now) {
        // an outcome leaves when a newer one takes its place, never by time
    }

    @Override
    void add(boolean isBad, boolean isSlow, long nanos, long now) {
        if (calls == size) {
            count(ring[next], -1);
        } else {
            calls++;
            makeRoom();
        }
        byte outcome = (byte) ((isBad ? BAD : 0) | (isSlow ? SLOW : 0));
        ring[next] = outcome;
        count(outcome, 1);
        next = next + 1 == size ? 0 : next + 1;
        average += (nanos - average) / calls;
    }

    @Override
    void addSuccesses(long count, long nanos) {
        long telling = Math.min(count, size);
        for (long added = 0; added < telling; added++) {
            add(false, false, nanos / count, never);
        }
    }

    @Override
    long steadyUntil() {
        return never;
    }

    private void makeRoom() {
        if (next == ring.length) {
            ring = Arrays.copyOf(ring, (int) Math.min(size, 2L * ring.length));
        }
    }

    private void count(byte outcome, int change) {
        if ((outcome & BAD) != 0) {
            bad += change;
        }
        if ((outcome & SLOW) != 0) {
            slow += change;
        }
    }

    @Override
    long calls() {
        return calls;
    }

    @Override
    long bad() {
        return bad;
    }

    @Override
    long slow() {
        return slow;
    }

    /** Returns an exponentially weighted mean whose weight is that of the window's size: durations are not kept one by one. */
    @Override
    long averageNanos() {
        return Math.round(average);
    }
}
