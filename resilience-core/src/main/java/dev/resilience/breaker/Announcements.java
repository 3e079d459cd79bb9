package dev.resilience.breaker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a breaker's transitions out of its lock: to the calls that wait with a permit of it, so that they leave at once when it
 * opens, and to its listener.
 */
/*
 * Most breakers of most keys never open and nobody waits with their permits, so that queue and set come with the first who needs
 * them. The queue is made under the breaker's lock and the set under this monitor; both are read without a lock.
 */
final class Announcements {

    private static final Logger LOG = System.getLogger(CircuitBreaker.class.getName());

    private final BreakerListener listener;
    private volatile @Nullable Queue<Transition> unheard;
    private volatile @Nullable Waiters waiting;

    Announcements(BreakerListener listener) {
        this.listener = listener;
    }

    /** Keeps a transition to be told; called under the breaker's lock. */
    void add(Transition transition) {
        Queue<Transition> queue = unheard;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            unheard = queue;
        }
        queue.add(transition);
    }

    /** Adds a waiting call, to be woken whenever the breaker opens. */
    void wake(Runnable waiter) {
        waiters().add(waiter);
    }

    void forget(Runnable waiter) {
        waiters().remove(waiter);
    }

    private Waiters waiters() {
        Waiters all = waiting;
        return all == null ? firstWaiters() : all;
    }

    private synchronized Waiters firstWaiters() {
        Waiters all = waiting;
        if (all == null) {
            all = new Waiters();
            waiting = all;
        }
        return all;
    }

    /** Tells what has not been told; called without a lock. */
    void deliver() {
        Queue<Transition> queue = unheard;
        if (queue == null) {
            return;
        }
        for (Transition transition = queue.poll(); transition != null; transition = queue.poll()) {
            Waiters woken = waiting;
            if (transition.to().isOpen() && woken != null) {
                woken.wake();
            }
            tell(transition);
        }
    }

    /** Has somebody else tell what has not been told; does so itself where nobody takes it. */
    void deliverBy(Executor others) {
        Queue<Transition> queue = unheard;
        if (queue == null || queue.isEmpty()) {
            return;
        }
        try {
            others.execute(this::deliver);
        } catch (RejectedExecutionException nobody) {
            deliver();
        }
    }

    private void tell(Transition transition) {
        try {
            listener.onTransition(transition);
        } catch (Throwable broken) {
            LOG.log(
                    Level.ERROR,
                    () -> "The listener " + listener.getClass().getName() + " threw for breaker '" + transition.name()
                            + "' entering " + transition.to() + "; the breaker goes on",
                    broken);
        }
    }
}
