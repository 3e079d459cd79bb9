package dev.resilience.breaker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** A number that only grows, counted up by many threads without a lock. */
/*
 * Not a LongAdder: that one compares and sets, which costs a breaker's permitted call one more nanosecond of 55 with one thread than
 * an addition, and five with two threads (docs/decisions/0011).
 */
final class StripedCount {

    private final AtomicLong alone = new AtomicLong();
    private volatile @Nullable AtomicLongArray striped;

    void increment() {
        AtomicLongArray cells = striped;
        if (cells != null) {
            cells.getAndIncrement(Stripes.MANY.ofThread());
            return;
        }
        long seen = alone.get();
        if (alone.getAndIncrement() != seen) {
            stripe();
        }
    }

    private synchronized void stripe() {
        if (striped == null) {
            striped = Stripes.MANY.cells();
        }
    }

    long sum() {
        long sum = alone.get();
        AtomicLongArray cells = striped;
        if (cells != null) {
            for (int stripe = 0; stripe < Stripes.MANY.count(); stripe++) {
                sum += cells.get(Stripes.MANY.at(stripe));
            }
        }
        return sum;
    }
}
