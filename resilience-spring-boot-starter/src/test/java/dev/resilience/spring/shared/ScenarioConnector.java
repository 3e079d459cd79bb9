package dev.resilience.spring.shared;

import io.lettuce.core.RedisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's way to a real store, on which a scenario can get between: answers are there at once unless they are held, and what was sent
 * is written down.
 */
final class ScenarioConnector implements StoreConnector {

    /** A command that a node sent; of no breaker where it was about the store or a log. */
    record Sent(@Nullable String breaker, String command) {}

    final List<Sent> sent = new ArrayList<>();
    boolean isHeld;
    boolean isMute;
    boolean isDeaf;

    private final ScenarioStore store;
    private final FleetStore real;
    private final boolean pubSub;
    private final Runnable afterCommand;
    private final List<Runnable> heldAnswers = new ArrayList<>();
    private boolean isAway;
    private @Nullable Connection connection;

    /** @param afterCommand called when the store has done something, before the node hears of it */
    ScenarioConnector(ScenarioStore store, String node, boolean pubSub, Runnable afterCommand) {
        this.store = store;
        this.real = store.node(node);
        this.pubSub = pubSub;
        this.afterCommand = afterCommand;
    }

    @Override
    public CompletionStage<StoreConnection> connect(StoreListener listener) {
        if (isAway || (pubSub && isDeaf)) {
            return CompletableFuture.failedStage(new RedisException("The scenario's store is away"));
        }
        sent.add(new Sent(null, "connect"));
        connection = new Connection(listener);
        if (pubSub) {
            var unused = connection.subscribe();
        }
        return CompletableFuture.completedStage(connection);
    }

    /** Takes the store away; {@code silently} means that the node finds out by the next command. */
    void lose(boolean silently) {
        isAway = true;
        heldAnswers.clear();
        Connection lost = connection;
        if (lost != null && !silently) {
            lost.listener.lost();
        }
    }

    void giveBack() {
        isAway = false;
    }

    /** Takes the connection for messages alone away, until {@link #isDeaf} is over and the node tries again. */
    void deafen() {
        isDeaf = true;
        Connection now = connection;
        if (now != null && now.isSubscribed) {
            now.isSubscribed = false;
            now.listener.muted();
        }
    }

    /** Hands on a message that the server sent, unless the scenario drops it. */
    void hear(String text) {
        if (!isMute) {
            tell(text);
        }
    }

    /** Hands on a message, if the node listens. */
    void tell(String text) {
        Connection now = connection;
        if (now == null || !now.isSubscribed) {
            return;
        }
        try {
            now.listener.changed(Messages.read(text, store.now() + StateReader.AHEAD_MILLIS));
        } catch (InvalidStoreDataException nonsense) {
            now.listener.nonsense(nonsense);
        }
    }

    /** Lets the answers come that were held. */
    void answer() {
        isHeld = false;
        List<Runnable> waiting = List.copyOf(heldAnswers);
        heldAnswers.clear();
        waiting.forEach(Runnable::run);
    }

    private <T> CompletionStage<T> send(
            Connection over, @Nullable String breaker, String command, Supplier<CompletionStage<T>> ask) {
        sent.add(new Sent(breaker, command));
        if (isAway || over != connection) {
            return CompletableFuture.failedStage(new RedisException("The scenario's store is away"));
        }
        store.setClock();
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable completes = done(ask.get(), answer);
        afterCommand.run();
        if (isHeld) {
            heldAnswers.add(completes);
        } else {
            completes.run();
        }
        return answer;
    }

    private static <T> Runnable done(CompletionStage<T> asked, CompletableFuture<T> answer) {
        try {
            T value = StoreFixture.answered(asked);
            return () -> answer.complete(value);
        } catch (CompletionException failure) {
            return () -> answer.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {
        connection = null;
    }

    private final class Connection implements StoreConnection, FleetStore {

        private final StoreListener listener;
        private boolean isSubscribed;

        Connection(StoreListener listener) {
            this.listener = listener;
        }

        @Override
        public long time() {
            return ScenarioConnector.this.store.now();
        }

        @Override
        public FleetStore store() {
            return this;
        }

        @Override
        public boolean isSubscribed() {
            return isSubscribed;
        }

        @Override
        public CompletionStage<Void> subscribe() {
            if (isDeaf || isAway) {
                return CompletableFuture.failedStage(new RedisException("The scenario has no messages"));
            }
            sent.add(new Sent(null, "subscribe"));
            isSubscribed = true;
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> close() {
            if (connection == this) {
                connection = null;
            }
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<StoreAnswer> act(String breaker, long knownEpoch, StoreCommand command) {
            return send(this, breaker, command.script(), () -> real.act(breaker, knownEpoch, command));
        }

        @Override
        public CompletionStage<SyncAnswers> sync(List<SyncDelta> deltas) {
            return send(this, null, "sync", () -> real.sync(deltas));
        }

        @Override
        public CompletionStage<Beat> beat() {
            return send(this, null, "beat", real::beat);
        }

        @Override
        public CompletionStage<Void> leave() {
            return send(this, null, "leave", real::leave);
        }

        @Override
        public CompletionStage<List<LogEntry>> changesSince(int shard, long epoch) {
            return send(this, null, "poll", () -> real.changesSince(shard, epoch));
        }

        @Override
        public CompletionStage<OptionalLong> newestEpoch(int shard) {
            return send(this, null, "newest", () -> real.newestEpoch(shard));
        }

        @Override
        public CompletionStage<Map<String, Long>> epochs(int shard, List<String> breakers) {
            return send(this, null, "epochs", () -> real.epochs(shard, breakers));
        }
    }
}
