package dev.resilience.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the instances have counted that were dropped. Added to under the lock of {@link Instances}, read without it.
 *
 * <p>The latest are asked anew each time: a caller may have found one just before it was dropped, and its call counts too. One that
 * has calls under way is never forgotten; others are, once {@link #LATEST} have followed them.
 */
final class Departed<T, S> {

    /** Small beside a usual bound of keys; a caller must find an instance and not have begun its call while so many are dropped. */
    private static final int LATEST = 100;

    private final Function<T, S> totals;
    private final BinaryOperator<S> plus;
    private final Predicate<T> busy;
    private volatile Known<T, S> known = new Known<>(null, List.of());

    /**
     * Creates an empty one.
     *
     * @param totals what an instance has counted
     * @param plus adds two of them
     * @param busy whether an instance has calls under way
     */
    Departed(Function<T, S> totals, BinaryOperator<S> plus, Predicate<T> busy) {
        this.totals = totals;
        this.plus = plus;
        this.busy = busy;
    }

    /** What is known: one reference, so that no reader counts an instance twice or not at all. */
    private record Known<T, S>(@Nullable S forgotten, List<T> latest) {}

    void add(T instance) {
        Known<T, S> before = known;
        List<T> latest = new ArrayList<>(before.latest());
        latest.add(instance);
        S forgotten = before.forgotten();
        for (int next = 0; latest.size() > LATEST && next < latest.size() - 1; ) {
            if (busy.test(latest.get(next))) {
                next++;
            } else {
                forgotten = sum(forgotten, latest.remove(next));
            }
        }
        known = new Known<>(forgotten, latest);
    }

    /** Returns the sum, or null where there are none. */
    @Nullable
    S sum() {
        Known<T, S> now = known;
        S sum = now.forgotten();
        for (T instance : now.latest()) {
            sum = sum(sum, instance);
        }
        return sum;
    }

    private S sum(@Nullable S sum, T instance) {
        S more = totals.apply(instance);
        return sum == null ? more : plus.apply(sum, more);
    }
}
