package dev.resilience;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** A scheduler during whose scheduling something else happens, as another thread could do it in that moment. */
public final class HookedScheduler implements Scheduler {

    private final Scheduler scheduler;
    private final AtomicReference<Runnable> hook = new AtomicReference<>(() -> {});

    public HookedScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Has something happen the next time that a task is scheduled, just before it is. */
    public void whenNextScheduled(Runnable action) {
        hook.set(action);
    }

    @Override
    public Future<?> schedule(Callable<?> task, long nanos) {
        hook.getAndSet(() -> {}).run();
        return scheduler.schedule(task, nanos);
    }

    @Override
    public void execute(Runnable task) {
        scheduler.execute(task);
    }
}
