package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What one breaker has to do next: setting another task takes the place of the one that waits. On the member's thread only. */
final class Alarm {

    private final Fleet fleet;
    private @Nullable Future<?> waiting;
    private boolean isOver;

    Alarm(Fleet fleet) {
        this.fleet = fleet;
    }

    void set(Duration delay, Runnable task) {
        clear();
        if (!isOver) {
            waiting = fleet.after(delay, task);
        }
    }

    void clear() {
        Future<?> task = waiting;
        if (task != null) {
            task.cancel(false);
            waiting = null;
        }
    }

    /** Returns whether a task waits. */
    boolean isSet() {
        Future<?> task = waiting;
        return task != null && !task.isDone();
    }

    /** Takes no task any more. */
    void end() {
        clear();
        isOver = true;
    }
}
