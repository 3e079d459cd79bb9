package dev.resilience.stress;

import dev.resilience.Scheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A timer for one task, which goes off when a test says so; everything else runs at once. */
final class HandTurnedTimer implements Scheduler {

    private volatile @Nullable FutureTask<?> task;

    /** Goes off as soon as it has been set, and before it is cancelled or not. */
    void goOff() {
        FutureTask<?> set = task;
        while (set == null) {
            Thread.onSpinWait();
            set = task;
        }
        set.run();
    }

    @Override
    public Future<?> schedule(Callable<?> work, long nanos) {
        FutureTask<?> set = new FutureTask<>(work);
        task = set;
        return set;
    }

    @Override
    public void execute(Runnable work) {
        work.run();
    }
}
