package dev.resilience.spring.http;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the one for whom something is done. Immutable.
 *
 * @param deadline until when it waits, if it said so
 * @param criticality its class, if it said so
 */
record Caller(@Nullable Deadline deadline, @Nullable Criticality criticality) {

    static Caller ofThread() {
        return new Caller(Deadline.current(), Criticality.current());
    }

    /** Returns what holds for this caller where another one is further out: the earlier deadline, and its own criticality if any. */
    Caller within(Caller outer) {
        return new Caller(
                deadline == null ? outer.deadline : deadline.earlierOf(outer.deadline),
                criticality == null ? outer.criticality : criticality);
    }

    void restoreToThread() {
        Deadline.restore(deadline);
        Criticality.restore(criticality);
    }
}
