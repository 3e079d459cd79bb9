package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/** How many nodes of the namespace are alive, this one among them. On the member's thread only, but for {@link #count()}. */
final class LiveNodes {

    /** How long a sign of life counts. */
    static final Duration ALIVE = Duration.ofMinutes(2);

    private static final Duration BEAT = Duration.ofSeconds(30);

    /** How long more nodes are believed in than the store knows of: in this time all say that they are alive that are. */
    private static final Duration COUNTED = BEAT.multipliedBy(2);

    private final StoreLink link;
    private final Loop loop;
    private final Deque<Integer> told = new ArrayDeque<>();
    private volatile int count = 1;

    LiveNodes(StoreLink link, Loop loop) {
        this.link = link;
        this.loop = loop;
    }

    /** Returns how many are alive, as far as this node knows; on any thread. */
    int count() {
        return count;
    }

    /** Says every now and then that this node is alive. */
    void beat() {
        loop.later(BEAT, () -> {
            ask(() -> {});
            beat();
        });
    }

    /** Says that this node is alive, asks for the others, and goes on then. */
    void ask(Runnable then) {
        link.ask(FleetStore::beat, beat -> {
            hear(beat.live());
            then.run();
        });
    }

    /** A store that lost its data knows of few nodes for a while: whoever asks first must not take itself for the whole fleet. */
    private void hear(int alive) {
        told.add(Math.max(1, alive));
        count = Collections.max(told);
        loop.later(COUNTED, told::remove);
    }
}
