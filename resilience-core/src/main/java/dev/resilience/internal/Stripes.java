package dev.resilience.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where the cells of a number that many threads count into lie in an array: one for all, or one for each of several stripes, which
 * the threads keep to. As in {@code java.util.concurrent.atomic.Striped64} by Doug Lea. Immutable.
 */
public final class Stripes {

    /** Two lines of a cache, because processors fetch them in pairs. */
    private static final int STRIDE = 16;

    /** Four for each processor, so that few threads meet on one although they do not choose it. */
    private static final int MOST =
            Integer.highestOneBit(8 * Runtime.getRuntime().availableProcessors() - 1);

    /* Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4): threads made one after another keep apart. */
    private static final int GOLDEN_RATIO = 0x9E3779B9;
    private static final int HASH_SHIFT = 20;

    /** One cell, small, as most of many keys are never contended. */
    public static final Stripes ONE = new Stripes(1, 0);

    /** Several, the first away from the length of the array, which every access reads. */
    public static final Stripes MANY = new Stripes(MOST, STRIDE);

    private final int count;
    private final int first;

    private Stripes(int count, int first) {
        this.count = count;
        this.first = first;
    }

    /** Returns an array of the cells, all 0; beside each is place for one more number. */
    public AtomicLongArray cells() {
        return new AtomicLongArray(count == 1 ? 2 : (count + 1) * STRIDE);
    }

    /** Returns how many stripes there are. */
    public int count() {
        return count;
    }

    /** Returns where the cell of a stripe is. */
    public int at(int stripe) {
        return first + stripe * STRIDE;
    }

    /** Returns where the cell of the calling thread is. */
    public int ofThread() {
        int hash = (int) Thread.currentThread().getId() * GOLDEN_RATIO;
        return at((hash >>> HASH_SHIFT) & (count - 1));
    }
}
