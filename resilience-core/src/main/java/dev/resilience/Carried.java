package dev.resilience;

import org.jspecify.annotations.Nullable;

/** A task that runs on another thread with the deadline, the criticality and the context of the thread that handed it over. */
final class Carried implements Runnable {

    private final Runnable task;
    private final @Nullable Deadline deadline = Deadline.current();
    private final @Nullable Criticality criticality = Criticality.current();

    private Carried(Runnable task) {
        this.task = task;
    }

    /** Returns a task that carries what the calling thread has now. */
    static Runnable of(Runnable task, ContextCarrier context) {
        return context.carrying(new Carried(task));
    }

    @Override
    public void run() {
        Deadline ownDeadline = Deadline.current();
        Criticality ownCriticality = Criticality.current();
        Deadline.restore(deadline);
        Criticality.restore(criticality);
        try {
            task.run();
        } finally {
            Deadline.restore(ownDeadline);
            Criticality.restore(ownCriticality);
        }
    }
}
