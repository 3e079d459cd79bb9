package dev.resilience.spring.shared;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Both connections of a node. */
final class LettuceConnection implements StoreConnection {

    private final LettuceClient client;
    private final LettuceClient.Commands commands;
    private final LettuceStore store;
    private final StoreClock clock;
    private final StoreSettings settings;
    private final StoreListener listener;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable StatefulRedisPubSubConnection<String, String>> messages =
            new AtomicReference<>();

    LettuceConnection(
            LettuceClient client,
            LettuceClient.Commands commands,
            LettuceStore store,
            StoreClock clock,
            StoreSettings settings,
            StoreListener listener) {
        this.client = client;
        this.commands = commands;
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.listener = listener;
    }

    /** Makes it ready: knows the store's time, since nothing can be checked before, and listens. */
    CompletionStage<StoreConnection> opened() {
        onLoss(commands.connection(), this::lost);
        return commands.async()
                .time()
                .thenAccept(time -> clock.heard(millis(time)))
                .thenCompose(known -> settings.pubSub() ? subscribe() : CompletableFuture.completedStage(null))
                .<StoreConnection>thenApply(subscribed -> this)
                .whenComplete((opened, problem) -> {
                    if (problem != null) {
                        var unused = close();
                    }
                });
    }

    /** Seconds, and microseconds of them. */
    private static long millis(List<String> time) {
        return Long.parseLong(time.get(0)) * 1000 + Long.parseLong(time.get(1)) / 1000;
    }

    @Override
    public FleetStore store() {
        return store;
    }

    @Override
    public boolean isSubscribed() {
        return messages.get() != null;
    }

    @Override
    public CompletionStage<Void> subscribe() {
        return client.connectForMessages().thenCompose(connection -> {
            connection.addListener(new Receiver());
            onLoss(connection, () -> muted(connection));
            return connection
                    .async()
                    .subscribe(new StoreKeys(settings.namespace()).channel())
                    .thenAccept(subscribed -> use(connection))
                    .whenComplete((subscribed, problem) -> {
                        if (problem != null) {
                            var unused = connection.closeAsync();
                        }
                    });
        });
    }

    private void use(StatefulRedisPubSubConnection<String, String> connection) {
        messages.set(connection);
        if (closed.get() || !connection.isOpen()) {
            messages.set(null);
            var unused = connection.closeAsync();
        }
    }

    private void muted(StatefulRedisPubSubConnection<String, String> connection) {
        if (messages.compareAndSet(connection, null) && !closed.get()) {
            var unused = connection.closeAsync();
            listener.muted();
        }
    }

    private void lost() {
        if (closed.compareAndSet(false, true)) {
            var unused = closeBoth();
            listener.lost();
        }
    }

    @Override
    public CompletionStage<Void> close() {
        return closed.compareAndSet(false, true) ? closeBoth() : CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> closeBoth() {
        CompletionStage<Void> sending = commands.connection().closeAsync();
        StatefulRedisPubSubConnection<String, String> receiving = messages.getAndSet(null);
        return receiving == null
                ? sending
                : sending.thenCombine(receiving.closeAsync(), (sendingEnded, receivingEnded) -> null);
    }

    private static void onLoss(StatefulConnection<String, String> connection, Runnable action) {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                action.run();
            }
        });
    }

    /** Hands on what makes sense. */
    private final class Receiver extends RedisPubSubAdapter<String, String> {

        @Override
        public void message(String channel, String text) {
            try {
                listener.changed(Messages.read(text, clock.latest()));
            } catch (InvalidStoreDataException nonsense) {
                listener.nonsense(nonsense);
            }
        }
    }
}
