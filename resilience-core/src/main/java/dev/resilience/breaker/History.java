package dev.resilience.breaker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest transitions of a breaker, of which most have none. Guarded by the breaker's lock. */
final class History {

    private static final int KEPT = 20;

    private @Nullable Deque<Transition> latest;

    void add(Transition transition) {
        Deque<Transition> kept = latest;
        if (kept == null) {
            kept = new ArrayDeque<>();
            latest = kept;
        }
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(transition);
    }

    List<Transition> oldestFirst() {
        return latest == null ? List.of() : List.copyOf(latest);
    }
}
