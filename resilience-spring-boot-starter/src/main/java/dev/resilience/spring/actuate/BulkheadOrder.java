package dev.resilience.spring.actuate;

import dev.resilience.GuardMode;
import dev.resilience.bulkhead.BulkheadOverride;
import java.util.List;

/**
 * What an operator wants of a bulkhead.
 *
 * @param override what to lay over the configuration; {@link BulkheadOverride#NONE}: back to the configuration
 */
record BulkheadOrder(BulkheadOverride override) {

    static final List<String> FIELDS = List.of("maxConcurrent", "maxQueue", "maxWait", "mode", "rollout", "state");

    /** What a request may name as a state: a bulkhead can only be given back to its configuration. */
    enum Command {
        AUTO
    }

    /**
     * Returns the order that a request gives.
     *
     * @throws Problem if it gives none, or one that cannot be
     */
    static BulkheadOrder of(Fields fields) {
        boolean auto = fields.constant("state", Command.class) != null;
        BulkheadOverride override = new BulkheadOverride(
                fields.constant("mode", GuardMode.class),
                fields.number("rollout"),
                fields.number("maxConcurrent"),
                fields.number("maxQueue"),
                fields.duration("maxWait"));
        boolean none = override.equals(BulkheadOverride.NONE);
        if (auto && !none) {
            throw Problem.invalid("state", "AUTO takes away all that lies over the configuration", "must stand alone");
        }
        if (!auto && none) {
            throw Problem.invalid(
                    "maxConcurrent",
                    "There is nothing to change",
                    "maxConcurrent, maxQueue, maxWait, mode, rollout or state must be given");
        }
        return new BulkheadOrder(override);
    }

    /** Returns whether it takes away what was laid over the configuration before. */
    boolean clears() {
        return override.equals(BulkheadOverride.NONE);
    }
}
