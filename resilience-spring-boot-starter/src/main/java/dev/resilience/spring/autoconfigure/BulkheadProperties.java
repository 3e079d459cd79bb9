package dev.resilience.spring.autoconfigure;

import static dev.resilience.spring.autoconfigure.Settings.both;
import static dev.resilience.spring.autoconfigure.Settings.own;
import static dev.resilience.spring.autoconfigure.Settings.ownOrNone;

import dev.resilience.GuardMode;
import dev.resilience.bulkhead.BulkheadExecutor;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one bulkhead; what is left out comes from its template, then from {@code resilience.defaults.bulkhead}.
 *
 * @param template Name of another entry, whose settings hold where this one has none.
 * @param mode How serious the bulkhead is: enforce, shadow (measures, refuses nothing) or off (lets everything through).
 * @param rollout Percent of calls, 0 to 100, on which enforce is really enforced; the rest are treated as shadow.
 * @param maxConcurrent Calls at once, at least 1.
 * @param maxQueue Callers that may wait for their turn, at least 0.
 * @param maxWait Longest time for which a caller waits, above 0 only with a queue.
 * @param executor Which threads make the calls: the calling one (caller), or a bounded number of the bulkhead's own (virtual, platform).
 * @param shares Percent of max-concurrent, 1 to 100, guaranteed to a class of callers, by criticality; at most 100 in sum.
 * @param maxKeys Bound on the keyed instances of the name, at least 1.
 */
record BulkheadProperties(
        @Nullable String template,
        @Nullable GuardMode mode,
        @Nullable Integer rollout,
        @Nullable Integer maxConcurrent,
        @Nullable Integer maxQueue,
        @Nullable Duration maxWait,
        @Nullable BulkheadExecutor executor,
        @Nullable Map<String, Integer> shares,
        @Nullable Integer maxKeys) {

    /** Returns all settings: these, and where there is none, the ones beneath. */
    BulkheadDefaults over(BulkheadDefaults beneath) {
        return new BulkheadDefaults(
                own(mode, beneath.mode()),
                own(rollout, beneath.rollout()),
                own(maxConcurrent, beneath.maxConcurrent()),
                own(maxQueue, beneath.maxQueue()),
                ownOrNone(maxWait, beneath.maxWait()),
                own(executor, beneath.executor()),
                both(shares, beneath.shares()),
                own(maxKeys, beneath.maxKeys()));
    }
}
