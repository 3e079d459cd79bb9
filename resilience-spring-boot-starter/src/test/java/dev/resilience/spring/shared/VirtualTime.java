package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Time of a whole fleet in the thread of its test: it stands until it is moved, and what is due runs in the order of its moments. */
final class VirtualTime implements Ticker {

    private static final Instant START = Instant.parse("2026-01-31T10:15:30Z");

    private static final int MOST_AT_ONE_MOMENT = 1000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    private long nanos;
    private long added;
    private boolean runsAtOnce;
    private int atOneMoment;

    private record Task(long due, long number, NodeLoop loop, Runnable work, CompletableFuture<Void> done) {

        boolean isOver() {
            return loop.isClosed || done.isDone();
        }

        void run() {
            work.run();
            done.complete(null);
        }
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    /** Returns the thread of another node, as it were. */
    Loop loop() {
        return new NodeLoop();
    }

    /** Runs what is due by now. */
    void settle() {
        while (hasNext() && tasks.peek().due <= nanos) {
            tasks.remove().run();
            atOneMoment++;
            assertThat(atOneMoment).as("tasks at one moment, with no end").isLessThan(MOST_AT_ONE_MOMENT);
        }
    }

    private boolean hasNext() {
        while (!tasks.isEmpty() && tasks.peek().isOver()) {
            tasks.remove();
        }
        return !tasks.isEmpty();
    }

    /** Moves on to the next moment at which anything is due. Returns false where that is after {@code end}: then it is there. */
    boolean moveTowards(long end) {
        boolean isBefore = hasNext() && tasks.peek().due <= end;
        long next = isBefore ? Math.max(nanos, tasks.peek().due) : end;
        if (next > nanos) {
            nanos = next;
            atOneMoment = 0;
        }
        return isBefore;
    }

    /** Asks for something that waits for a node's thread, which runs all that it is given while it waits. */
    <T> T waitFor(Supplier<T> answer) {
        runsAtOnce = true;
        try {
            return answer.get();
        } finally {
            runsAtOnce = false;
        }
    }

    private final class NodeLoop implements Loop {

        private boolean isClosed;

        @Override
        public void execute(Runnable task) {
            add(Duration.ZERO, task);
            if (runsAtOnce) {
                settle();
            }
        }

        @Override
        public Future<?> after(Duration delay, Runnable task) {
            return add(delay, task).done;
        }

        @Override
        public void later(Duration delay, Runnable task) {
            add(delay, task);
        }

        private Task add(Duration delay, Runnable work) {
            added++;
            Task task = new Task(nanos + delay.toNanos(), added, this, work, new CompletableFuture<>());
            tasks.add(task);
            return task;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
