package dev.resilience;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Threads that each make one call and remember how it ended; none is left behind. */
public final class Callers implements AutoCloseable {

    private static final long PATIENCE = 20;

    private final List<Caller> all = new ArrayList<>();

    /** Starts a thread that makes the call. */
    public Caller start(Callable<?> call) {
        Caller caller = new Caller(call);
        all.add(caller);
        caller.thread.start();
        return caller;
    }

    @Override
    public void close() {
        all.forEach(Caller::awaitEnd);
    }

    private record End(@Nullable Object result, @Nullable Throwable thrown, boolean interrupted) {}

    /** One thread with its call. */
    public static final class Caller {

        private final CompletableFuture<End> end = new CompletableFuture<>();
        private final Thread thread;

        private Caller(Callable<?> call) {
            thread = new Thread(() -> end.complete(made(call)));
            thread.setDaemon(true);
        }

        private static End made(Callable<?> call) {
            try {
                Object result = call.call();
                return new End(result, null, Thread.currentThread().isInterrupted());
            } catch (Throwable thrown) {
                return new End(null, thrown, Thread.currentThread().isInterrupted());
            }
        }

        private End awaitEnd() {
            try {
                return end.get(PATIENCE, SECONDS);
            } catch (ExecutionException | InterruptedException | TimeoutException hangs) {
                throw new AssertionError("The call does not end", hangs);
            }
        }

        /** Interrupts the thread. */
        public void interrupt() {
            thread.interrupt();
        }

        /** Returns what the call returned, once it has. */
        public @Nullable Object result() {
            Throwable thrown = awaitEnd().thrown();
            if (thrown != null) {
                throw new AssertionError("The call returned nothing", thrown);
            }
            return awaitEnd().result();
        }

        /** Returns what the call threw, once it has; null if it returned. */
        public @Nullable Throwable thrown() {
            return awaitEnd().thrown();
        }

        /** Returns whether the thread's interrupt flag was set when the call was over. */
        public boolean endedInterrupted() {
            return awaitEnd().interrupted();
        }

        /** Returns whether the thread waits for something. */
        public boolean isBlocked() {
            return switch (thread.getState()) {
                case BLOCKED, WAITING, TIMED_WAITING -> true;
                case NEW, RUNNABLE, TERMINATED -> false;
            };
        }

        /** Returns whether the call is still under way. */
        public boolean isUnderWay() {
            return !end.isDone();
        }
    }
}
