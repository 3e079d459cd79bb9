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
    FleetDirectory NONE = name -> null;

    /** Returns what there is to show of a breaker's part; null if it has none. */
    @Nullable
    Map<String, Object> of(Name name);
}
