package dev.resilience.breaker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest transitions of a breaker. Guarded by the breaker's lock. */
final class History {

    private static final int KEPT = 20;

    private final Deque<Transition> latest = new ArrayDeque<>();

    void add(Transition transition) {
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(transition);
    }

    List<Transition> oldestFirst() {
        return List.copyOf(latest);
    }
}
