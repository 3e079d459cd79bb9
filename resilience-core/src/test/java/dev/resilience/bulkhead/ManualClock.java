package dev.resilience.bulkhead;

import dev.resilience.Scheduler;
import dev.resilience.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A clock that only moves when a test turns it, and then runs what is due on the way, each task at its moment. For one thread. */
final class ManualClock implements Ticker, Scheduler {

    private final List<Due> tasks = new ArrayList<>();
    private long now;

    private record Due(FutureTask<?> task, long at) {}

    void advance(Duration time) {
        long end = now + time.toNanos();
        while (true) {
            Due next = tasks.stream()
                    .filter(due -> due.at <= end)
                    .min(Comparator.comparingLong(Due::at))
                    .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            tasks.remove(next);
            now = next.at;
            next.task.run();
        }
    }

    @Override
    public Future<?> schedule(Callable<?> task, long nanos) {
        FutureTask<?> future = new FutureTask<>(task);
        tasks.add(new Due(future, now + nanos));
        return future;
    }

    @Override
    public void execute(Runnable task) {
        throw new AssertionError("Nothing here needs a thread");
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(now);
    }
}
