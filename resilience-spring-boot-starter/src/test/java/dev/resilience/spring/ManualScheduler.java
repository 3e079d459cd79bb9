package dev.resilience.spring;

import dev.resilience.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Runs what is due on the thread that turns the clock, and everything else at once, unless it is told to keep that. For one thread. */
public final class ManualScheduler implements Scheduler {

    private final ManualTicker ticker;
    private final List<Due> due = new ArrayList<>();
    private final Queue<Runnable> kept = new ArrayDeque<>();
    private boolean keeps;

    private record Due(long at, FutureTask<?> task) {}

    public ManualScheduler(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /** Turns the clock, and then runs what has come due, in order. */
    public void advance(Duration time) {
        ticker.advance(time);
        List<Due> now = due.stream()
                .filter(each -> each.at() - ticker.nanos() <= 0)
                .sorted(Comparator.comparingLong(Due::at))
                .toList();
        due.removeAll(now);
        now.forEach(each -> each.task().run());
    }

    /** Keeps what is to be run soon, as if all threads were busy. */
    public void keep() {
        keeps = true;
    }

    /** Runs what was kept. */
    public void runKept() {
        keeps = false;
        while (!kept.isEmpty()) {
            kept.remove().run();
        }
    }

    /** Returns how many tasks wait for their time. */
    public long waiting() {
        return due.stream().filter(each -> !each.task().isDone()).count();
    }

    @Override
    public Future<?> schedule(Callable<?> task, long nanos) {
        FutureTask<?> future = new FutureTask<>(task);
        due.add(new Due(ticker.nanos() + nanos, future));
        return future;
    }

    @Override
    public void execute(Runnable task) {
        if (keeps) {
            kept.add(task);
        } else {
            task.run();
        }
    }
}
