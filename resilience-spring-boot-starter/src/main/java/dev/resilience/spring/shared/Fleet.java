package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a shared breaker sees of its process and its fleet; on the member's thread only, where nothing else is said. */
interface Fleet {

    /** Returns whether the store is there. */
    boolean hasStore();

    /**
     * Asks the store, and goes on with its answer. Nothing happens if the store is away, or goes before it answers; without an answer
     * it counts as away.
     */
    <T> void ask(Function<FleetStore, CompletionStage<T>> question, Consumer<T> then);

    /** Returns roughly what time the store has, in its milliseconds; means nothing while it is away. */
    long storeTime();

    /** Tells that the store does what it is asked to. */
    void storeAnswers();

    /** Returns whether messages of the fleet arrive. */
    boolean hears();

    /** Tries to hear messages again, where none come. */
    void listen();

    /** Tells that the store knows less than this node: the shard is read anew. */
    void behind(int shard);

    /** Has the logs read soon, at a moment of its own for each node. */
    void readLogsSoon();

    /** Runs a task on the member's thread; may be called by any. */
    void execute(Runnable task);

    Future<?> after(Duration delay, Runnable task);

    /** Returns a time that is drawn anew, longer for a larger fleet: so much for each live node, and at most {@code most}. */
    Duration spread(Duration most, Duration each);

    /** Returns a number in [0, 1). */
    double random();

    /** Returns how many nodes were alive when this one last asked. */
    int live();

    /** Asks how many nodes are alive, and goes on then. */
    void countLive(Runnable then);

    /** Tells whom it concerns that an order is void. */
    void dropped(DroppedOrder order);

    /** Has sums told and heard without waiting any longer. */
    void exchangeSums();

    FleetCounts counts();

    MemberSettings settings();
}
