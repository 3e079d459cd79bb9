package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A fleet whose store answers what a test says, and whose tasks run when it says. */
final class ManualFleet implements Fleet {

    final List<List<SyncDelta>> told = new ArrayList<>();
    final List<StoreCommand> acts = new ArrayList<>();
    final FleetCounts counts = new FleetCounts();
    final List<Duration> pauses = new ArrayList<>();
    Function<SyncDelta, SyncAnswer> sums =
            delta -> new SyncAnswer.Sums(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    final List<DroppedOrder> dropped = new ArrayList<>();
    StoreAnswer.Status status = StoreAnswer.Status.VOTED;
    int live = 1;
    boolean hasStore = true;
    private @Nullable Runnable next;

    /** Runs what waits, whatever time it waits for. */
    void runNext() {
        Runnable task = next;
        next = null;
        if (task != null) {
            task.run();
        }
    }

    boolean isWaiting() {
        return next != null;
    }

    @Override
    public boolean hasStore() {
        return hasStore;
    }

    @Override
    public <T> void ask(Function<FleetStore, CompletionStage<T>> question, Consumer<T> then) {
        question.apply(new Store()).thenAccept(then);
    }

    @Override
    public long storeTime() {
        return 1;
    }

    @Override
    public boolean hears() {
        return true;
    }

    @Override
    public void listen() {}

    @Override
    public void behind(int shard) {}

    @Override
    public void readLogsSoon() {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        pauses.add(delay);
        next = task;
        return new CompletableFuture<>();
    }

    @Override
    public Duration spread(Duration most, Duration each) {
        return Duration.ZERO;
    }

    @Override
    public double random() {
        return 0.5;
    }

    @Override
    public int live() {
        return live;
    }

    @Override
    public void countLive(Runnable then) {
        then.run();
    }

    @Override
    public void storeAnswers() {}

    @Override
    public void dropped(DroppedOrder order) {
        dropped.add(order);
    }

    @Override
    public void exchangeSums() {}

    @Override
    public FleetCounts counts() {
        return counts;
    }

    @Override
    public MemberSettings settings() {
        return Node.FAST;
    }

    private final class Store implements FleetStore {

        @Override
        public long time() {
            return 1;
        }

        @Override
        public CompletionStage<StoreAnswer> act(String breaker, long knownEpoch, StoreCommand command) {
            acts.add(command);
            return CompletableFuture.completedStage(new StoreAnswer(status, 1, null, List.of()));
        }

        @Override
        public CompletionStage<SyncAnswers> sync(List<SyncDelta> deltas) {
            told.add(deltas);
            return CompletableFuture.completedStage(
                    new SyncAnswers(1, deltas.stream().map(sums).toList()));
        }

        @Override
        public CompletionStage<Beat> beat() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> leave() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<LogEntry>> changesSince(int shard, long epoch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<OptionalLong> newestEpoch(int shard) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Map<String, Long>> epochs(int shard, List<String> breakers) {
            throw new UnsupportedOperationException();
        }
    }
}
