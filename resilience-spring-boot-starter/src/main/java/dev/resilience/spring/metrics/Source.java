package dev.resilience.spring.metrics;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The guards behind one set of meters, read together.
 *
 * <p>A meter holds its source weakly and asks for one number at a time. The view of several guards is shared for a moment, so that a
 * scrape looks at a thousand of them once and not once a meter. Safe for use by many threads.
 *
 * @param <T> kind of guard
 * @param <V> what is read of it
 */
/*
 * A guard moves from those present to what is left of the gone ones in one step under the monitor, so that a sum does not fall, which
 * Prometheus would take for a restart. Before, the latest that were dropped are read like those present, and the busy ones for as long as
 * they are: a call may have picked one up just before.
 * Guards are read outside of the monitor: reading one may tell its listeners of a transition.
 */
final class Source<T, V extends View<V>> {

    private static final long MOMENT_A_GUARD = 10_000;
    private static final int LATEST = 100;

    private final Function<T, V> reader;
    private final LongSupplier clock;
    private final Set<T> present = new LinkedHashSet<>();
    private final Set<T> dropped = new LinkedHashSet<>();
    private @Nullable V gone;
    private volatile @Nullable Taken<V> taken;

    private record Members<T, V>(
            List<T> present, List<T> dropped, @Nullable V gone) {}

    private record Taken<V>(V view, long until) {}

    /**
     * Creates a source without guards.
     *
     * @param clock monotonic; not the guards' own, which a test may hold still
     */
    Source(Function<T, V> reader, LongSupplier clock) {
        this.reader = reader;
        this.clock = clock;
    }

    synchronized void add(T guard) {
        present.add(guard);
    }

    /** Drops a guard; what it counted stays. Not for use by many threads at once. */
    void drop(T guard) {
        List<T> earlier = leave(guard);
        int surplus = earlier.size() + 1 - LATEST;
        for (T oldest : earlier) {
            if (surplus <= 0) {
                return;
            }
            V view = reader.apply(oldest);
            if (!view.isBusy()) {
                forget(oldest, view.remains());
                surplus--;
            }
        }
    }

    /** Returns those that were dropped before this one; none if it was not present. */
    private synchronized List<T> leave(T guard) {
        if (!present.remove(guard)) {
            return List.of();
        }
        List<T> earlier = List.copyOf(dropped);
        dropped.add(guard);
        return earlier;
    }

    private synchronized void forget(T guard, V left) {
        dropped.remove(guard);
        gone = gone == null ? left : gone.plus(left);
    }

    private synchronized Members<T, V> members() {
        return new Members<>(List.copyOf(present), List.copyOf(dropped), gone);
    }

    /** Returns the view of this moment, of a single guard always a fresh one. */
    V view() {
        Taken<V> last = taken;
        if (last != null && clock.getAsLong() - last.until < 0) {
            return last.view;
        }
        Members<T, V> members = members();
        V view = sum(members);
        int guards = members.present.size() + members.dropped.size();
        taken = guards > 1 ? new Taken<>(view, clock.getAsLong() + guards * MOMENT_A_GUARD) : null;
        return view;
    }

    private V sum(Members<T, V> members) {
        V sum = members.gone;
        for (T guard : members.dropped) {
            V one = reader.apply(guard).remains();
            sum = sum == null ? one : sum.plus(one);
        }
        for (T guard : members.present) {
            V one = reader.apply(guard);
            sum = sum == null ? one : sum.plus(one);
        }
        if (sum == null) {
            throw new IllegalStateException("Meters without a guard: a source has one before its meters are made");
        }
        return sum;
    }
}
