package dev.resilience.spring.shared;

import java.time.Duration;

/**
 * What a process has counted of its part in a fleet.
 *
 * @param syncs times that sums were told and asked for
 * @param stale commands that came too late: others had moved the state
 * @param lost times that the store went away
 * @param rejoins times that it was found, the first one among them
 * @param corrupt states and messages that could not be used
 * @param answers answers of the store, and failures
 * @param waited how long it took all of them to come
 */
public record FleetTotals(
        long syncs, long stale, long lost, long rejoins, long corrupt, long answers, Duration waited) {}
