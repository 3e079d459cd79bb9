package dev.resilience.spring.shared;

import dev.resilience.spring.shared.StoreAnswer.Status;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One breaker's way to the store, and whether what is there of it can be used. On the member's thread only. */
final class StoreLine {

    private static final Logger LOG = LoggerFactory.getLogger(FleetMember.class);

    private final Fleet fleet;
    private final String name;
    private final Runnable onUnusable;
    private boolean usable = true;

    /** @param onUnusable what to do each time that the store says so */
    StoreLine(Fleet fleet, String name, Runnable onUnusable) {
        this.fleet = fleet;
        this.name = name;
        this.onUnusable = onUnusable;
    }

    /**
     * Asks the store to do something, and goes on with its answer if that can be used.
     *
     * @param epoch the epoch of the state that the command was decided on
     */
    void act(StoreCommand command, long epoch, Consumer<StoreAnswer> then) {
        fleet.ask(store -> store.act(name, epoch, command), answer -> {
            if (answer.isUsable()) {
                foundUsable();
                then.accept(answer);
            } else {
                foundUnusable(answer.status());
            }
        });
    }

    boolean isUsable() {
        return usable;
    }

    void foundUsable() {
        usable = true;
    }

    void foundUnusable(Status why) {
        fleet.counts().corrupt.increment();
        if (usable) {
            LOG.warn(
                    "What the store has of breaker '{}' cannot be used ({}): this node decides for itself. {}",
                    name,
                    why,
                    why == Status.VERSION
                            ? "Another major version wrote it; give each a namespace of its own"
                            : "A force or a reset repairs it");
        }
        usable = false;
        onUnusable.run();
    }
}
