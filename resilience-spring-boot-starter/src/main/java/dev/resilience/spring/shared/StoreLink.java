package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's connection to the store, made again after ever longer waits when it is lost: one command without an answer is enough. On
 * the member's thread only.
 */
final class StoreLink {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);
    private static final int MOST_DOUBLINGS = 10;

    private final StoreConnector connector;
    private final MemberSettings settings;
    private final Loop loop;
    private final FleetCounts counts;
    private final Owner owner;
    private @Nullable StoreConnection connection;
    private int era;
    private int attempts;
    private boolean closed;

    /** Whose connection it is; all on the member's thread. */
    interface Owner {

        /** There is a connection: nothing has been asked over it. */
        void connected();

        /** The connection was lost. */
        void lost();

        void changed(StateMessage message);

        /** Messages do not arrive any more. */
        void muted();
    }

    StoreLink(StoreConnector connector, MemberSettings settings, Loop loop, FleetCounts counts, Owner owner) {
        this.connector = connector;
        this.settings = settings;
        this.loop = loop;
        this.counts = counts;
        this.owner = owner;
    }

    boolean isThere() {
        return connection != null;
    }

    void connect() {
        if (closed) {
            return;
        }
        Ears ears = new Ears();
        connector.connect(ears).whenComplete(onThread((made, failure) -> {
            if (failure != null) {
                if (era == 0 && attempts == 0) {
                    LOG.warn(
                            "The store of the fleet cannot be reached ({}): every breaker decides for itself until it is there",
                            reason(failure));
                }
                LOG.debug("The store cannot be reached", failure);
                connectAgain();
            } else {
                connection = made;
                era++;
                ears.era = era;
                owner.connected();
            }
        }));
    }

    private void connectAgain() {
        Duration most = settings.reconnectFirst().multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS));
        attempts++;
        loop.later(Waits.upTo(most, settings.reconnectLongest()), this::connect);
    }

    /** Runs a task after some time, if the connection is still the same one. */
    void later(Duration delay, Runnable task) {
        int mine = era;
        loop.later(delay, () -> {
            if (connection != null && era == mine) {
                task.run();
            }
        });
    }

    /** Is told that the store answers what was asked: one that connects and refuses commands is asked ever more seldom. */
    void answers() {
        attempts = 0;
    }

    private void lose(int lost, @Nullable Throwable why) {
        if (connection == null || era != lost || closed) {
            return;
        }
        String cause = why == null ? "" : " (" + reason(why) + ")";
        if (attempts == 0) {
            counts.lost.increment();
            LOG.warn("The store of the fleet is away{}: every breaker decides for itself until it is back", cause);
        } else {
            LOG.debug("The store of the fleet is away again{}", cause);
        }
        disconnect();
        connectAgain();
    }

    /** Returns what lies behind a failure: the rest says only that it came from a connection, or later. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /**
     * Ends the connection for good. Nobody is told that the store is away: it is this process that goes.
     *
     * @param last what is said before, if the store is there; it may take as long as any command
     * @param then what comes when all is over
     */
    void close(Function<FleetStore, CompletionStage<Void>> last, Runnable then) {
        closed = true;
        StoreConnection old = connection;
        connection = null;
        if (old == null) {
            connector.close();
            then.run();
            return;
        }
        last.apply(old.store()).whenComplete(onThread((said, failure) -> {
            LOG.debug("Left the fleet", failure);
            // the client warns of connections that are not closed yet, and closes them again
            old.close().whenComplete((closed, problem) -> connector.close());
            then.run();
        }));
    }

    private void disconnect() {
        StoreConnection old = connection;
        connection = null;
        if (old != null) {
            var unused = old.close();
            owner.lost();
        }
    }

    /** Returns roughly what time the store has; 0 if it is away. */
    long storeTime() {
        StoreConnection now = connection;
        return now == null ? 0 : now.store().time();
    }

    /** Returns whether this connection is the first one, and was there when it was looked for. */
    boolean isTheFirst() {
        return era == 1 && attempts == 0;
    }

    /** Returns whether messages of the fleet arrive. */
    boolean hears() {
        StoreConnection now = connection;
        return now != null && now.isSubscribed();
    }

    /** Tries to hear messages again, where none come. */
    void listen() {
        StoreConnection now = connection;
        if (settings.pubSub() && now != null && !now.isSubscribed()) {
            now.subscribe().whenComplete((subscribed, failure) -> LOG.debug("Listened for messages again", failure));
        }
    }

    /** Asks the store, and goes on with its answer, unless the connection was lost before; without an answer it is. */
    <T> void ask(Function<FleetStore, CompletionStage<T>> question, Consumer<T> then) {
        StoreConnection now = connection;
        if (now == null) {
            return;
        }
        int asked = era;
        long sentAt = System.nanoTime();
        question.apply(now.store()).whenComplete(onThread((answer, failure) -> {
            counts.answered(System.nanoTime() - sentAt);
            if (failure != null) {
                lose(asked, failure);
            } else if (era == asked && connection != null) {
                then.accept(answer);
            }
        }));
    }

    private <T> BiConsumer<T, Throwable> onThread(BiConsumer<T, Throwable> followUp) {
        return (answer, failure) -> loop.execute(() -> followUp.accept(answer, failure));
    }

    /** Hears what comes over one connection. */
    private final class Ears implements StoreListener {

        private volatile int era;

        @Override
        public void changed(StateMessage message) {
            loop.execute(() -> owner.changed(message));
        }

        @Override
        public void nonsense(InvalidStoreDataException problem) {
            counts.corrupt.increment();
            LOG.debug("A message of the fleet makes no sense", problem);
        }

        @Override
        public void muted() {
            loop.execute(owner::muted);
        }

        @Override
        public void lost() {
            loop.execute(() -> lose(era, null));
        }
    }
}
