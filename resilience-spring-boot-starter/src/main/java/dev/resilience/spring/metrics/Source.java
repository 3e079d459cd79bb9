package dev.resilience.spring.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The guards behind one set of meters, read together.
 *
 * <p>A meter holds its source weakly and asks for one number; the view behind a number is shared for a moment, so that a scrape
 * does not look at a thousand guards once a meter.
 *
 * @param <T> kind of guard
 * @param <V> what is read of it
 */
/*
 * The guards and what is left of those that are gone change together, in one volatile write: a reader finds a guard among the one or
 * in the other, so that a sum never falls, which Prometheus would take for a restart. Written by InstanceMeters alone, under its
 * monitor. The view is written by any reader; two that race both read something true.
 */
final class Source<T, V extends View<V>> {

    private static final long MOMENT_A_GUARD = 10_000;

    private final Function<T, V> reader;
    private volatile Members<T, V> members = new Members<>(List.of(), null);
    private volatile @Nullable Taken<V> taken;

    private record Members<T, V>(List<T> present, @Nullable V gone) {}

    private record Taken<V>(V view, long at) {}

    Source(Function<T, V> reader) {
        this.reader = reader;
    }

    boolean has(T guard) {
        return members.present.contains(guard);
    }

    void add(T guard) {
        List<T> more = new ArrayList<>(members.present);
        more.add(guard);
        members = new Members<>(List.copyOf(more), members.gone);
    }

    void drop(T guard) {
        List<T> fewer = new ArrayList<>(members.present);
        fewer.remove(guard);
        V left = reader.apply(guard).remains();
        V before = members.gone;
        members = new Members<>(List.copyOf(fewer), before == null ? left : before.plus(left));
    }

    /** Returns the view of this moment; of a single guard always a fresh one. */
    V view() {
        Members<T, V> read = members;
        long now = System.nanoTime();
        Taken<V> last = taken;
        int guards = read.present.size();
        if (guards > 1 && last != null && now - last.at < guards * MOMENT_A_GUARD) {
            return last.view;
        }
        V view = sum(read);
        taken = new Taken<>(view, now);
        return view;
    }

    private V sum(Members<T, V> read) {
        V sum = read.gone;
        for (T guard : read.present) {
            V one = reader.apply(guard);
            sum = sum == null ? one : sum.plus(one);
        }
        if (sum == null) {
            throw new IllegalStateException("A source of meters has no guard");
        }
        return sum;
    }
}
