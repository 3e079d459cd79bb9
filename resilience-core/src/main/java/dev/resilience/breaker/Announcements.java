package dev.resilience.breaker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Carries a breaker's transitions out of its lock: to the calls that wait with a permit of it, so that they leave at once when it
 * opens, and to its listener.
 */
final class Announcements {

    private static final Logger LOG = System.getLogger(CircuitBreaker.class.getName());

    private final BreakerListener listener;
    private final Queue<Transition> unheard = new ConcurrentLinkedQueue<>();
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    Announcements(BreakerListener listener) {
        this.listener = listener;
    }

    /** Keeps a transition to be told; called under the breaker's lock. */
    void add(Transition transition) {
        unheard.add(transition);
    }

    /** Adds a waiting call, to be woken whenever the breaker opens. */
    void wake(Runnable waiter) {
        waiting.add(waiter);
    }

    void forget(Runnable waiter) {
        waiting.remove(waiter);
    }

    /** Tells what has not been told; called without a lock. */
    void deliver() {
        if (unheard.isEmpty()) {
            return;
        }
        Transition transition = unheard.poll();
        while (transition != null) {
            if (transition.to().isOpen()) {
                waiting.forEach(Runnable::run);
            }
            tell(transition);
            transition = unheard.poll();
        }
    }

    /** Has somebody else tell what has not been told; does so itself where nobody takes it. */
    void deliverBy(Executor others) {
        if (unheard.isEmpty()) {
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
