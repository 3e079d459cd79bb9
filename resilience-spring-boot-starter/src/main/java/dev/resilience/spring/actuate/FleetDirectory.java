package dev.resilience.spring.actuate;

import dev.resilience.Name;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what part a breaker has in a fleet of processes, for display.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface FleetDirectory {

    /** Of an application that is in no fleet. */
    FleetDirectory NONE = new FleetDirectory() {
        @Override
        public @Nullable Part of(Name name) {
            return null;
        }

        @Override
        public @Nullable Boolean isOrdered(Name name) {
            return null;
        }

        @Override
        public void keepHere(Name name) {
            // every order is of this process alone
        }
    };

    /**
     * A breaker's part in its fleet.
     *
     * @param now what there is to show of it at the moment
     * @param config settings in effect, with the keys of a configuration file
     */
    record Part(Map<String, Object> now, Map<String, @Nullable Object> config) {}

    /** Returns a breaker's part; null if it has none. */
    @Nullable
    Part of(Name name);

    /**
     * Waits for a moment until an order that was just given to a breaker is the fleet's.
     *
     * @return false if it is this process's alone so far; null if the breaker has no part in a fleet
     */
    @Nullable
    Boolean isOrdered(Name name);

    /**
     * Keeps the force that is about to be ordered to this process.
     *
     * @param name of one breaker, or without a key of all of the name
     */
    void keepHere(Name name);
}
