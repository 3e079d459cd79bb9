package dev.resilience.spring.autoconfigure;

import dev.resilience.GuardMode;
import dev.resilience.bulkhead.BulkheadExecutor;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every setting of a bulkhead, with the value that holds where none is given.
 *
 * @param mode How serious a bulkhead is about what it finds.
 * @param rollout Percent of calls on which enforce is really enforced; the rest are treated as shadow.
 * @param maxConcurrent Calls at once.
 * @param maxQueue Callers that may wait for their turn.
 * @param maxWait Longest time for which a caller waits; none: 500ms where max-queue is above 0, else 0ms.
 * @param executor Which threads make the calls: the calling one, or a bounded number of virtual or platform threads of the bulkhead's own.
 * @param shares Percent of max-concurrent guaranteed to a class of callers, by criticality; what is unused of it is lent.
 * @param maxKeys Bound on the keyed instances of a name.
 */
record BulkheadDefaults(
        @Allowed("enforce, shadow or off") @DefaultValue("enforce")
        GuardMode mode,

        @Allowed("0 to 100") @DefaultValue("100") int rollout,
        @Allowed("at least 1") @DefaultValue("25") int maxConcurrent,
        @Allowed("at least 0") @DefaultValue("0") int maxQueue,

        @Allowed("a duration of 0 to 365d, and 0 where max-queue is 0") @Nullable
        Duration maxWait,

        @Allowed("caller, virtual or platform") @DefaultValue("caller")
        BulkheadExecutor executor,

        @Allowed("1 to 100, and at most 100 in sum") @DefaultValue
        Map<String, Integer> shares,

        @Allowed("at least 1") @DefaultValue("1000") int maxKeys) {}
