package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each step on a thread of its own, which hangs where one before kept the lock. */
class WaitersTests {

    private final Waiters waiters = new Waiters();
    private final AtomicInteger woken = new AtomicInteger();
    private final Runnable waiter = woken::incrementAndGet;

    private static void onAnotherThread(Runnable step) {
        try (Callers callers = new Callers()) {
            callers.start(() -> {
                step.run();
                return null;
            });
        }
    }

    @Test
    void areWokenByAnyThread() {
        onAnotherThread(() -> waiters.add(waiter));
        onAnotherThread(waiters::wake);
        onAnotherThread(waiters::wake);

        assertThat(woken).hasValue(2);
    }

    @Test
    void areForgottenByAnyThread() {
        onAnotherThread(() -> waiters.add(waiter));
        onAnotherThread(() -> waiters.remove(waiter));
        onAnotherThread(waiters::wake);

        assertThat(woken).hasValue(0);
    }
}
