package dev.resilience;

/** Takes what belongs to a thread, as the parts of a log line that name the request do, along to the thread that goes on with a call. */
@FunctionalInterface
public interface ContextCarrier {

    /** Carries nothing. */
    ContextCarrier NONE = task -> task;

    /** Returns a task that runs with what the calling thread has now, and leaves nothing of it behind on the thread that runs it. */
    Runnable carrying(Runnable task);
}
