package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a shared breaker sees of its process and its fleet; on the member's thread only, where nothing else is said. */
interface Fleet {

    /** Returns the store, or null while it is away. */
    @Nullable
    FleetStore store();

    /** Returns which connection this is: one more each time that the store was found. */
    int era();

    /** Tells that the store has not answered; nothing happens if another connection has been made since. */
    void failed(int asked, Throwable failure);

    /** Tells that the store knows less than this node: the shard is read anew. */
    void behind(int shard);

    /** Has the logs read soon, at a moment of its own for each node. */
    void readLogsSoon();

    /** Runs a task on the member's thread; may be called by any. */
    void execute(Runnable task);

    Future<?> after(Duration delay, Runnable task);

    /** Runs a follow-up on the member's thread. */
    <T> BiConsumer<T, Throwable> onThread(BiConsumer<T, Throwable> followUp);

    /** Returns a time that is drawn anew, longer for a larger fleet: so much for each live node, and at most {@code most}. */
    Duration spread(Duration most, Duration each);

    /** Returns a number in [0, 1). */
    double random();

    /** Returns how many nodes were alive when this one last asked. */
    int live();

    /** Asks how many nodes are alive, and goes on then. */
    void countLive(Runnable then);

    FleetCounts counts();

    MemberSettings settings();
}
