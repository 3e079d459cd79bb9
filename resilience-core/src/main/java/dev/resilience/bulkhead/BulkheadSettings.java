package dev.resilience.bulkhead;

/**
 * A bulkhead's configuration with what an operator laid over it. Immutable: a call reads one and sees no half of another.
 *
 * @param configured what the application configured
 * @param override what lies over it
 * @param effective the two together
 */
record BulkheadSettings(BulkheadConfig configured, BulkheadOverride override, BulkheadConfig effective) {

    static BulkheadSettings of(BulkheadConfig configured) {
        return new BulkheadSettings(configured, BulkheadOverride.NONE, configured);
    }

    /** Whose threads make the calls is decided once: calls under way and the methods that make them rely on it. */
    BulkheadSettings withConfigured(BulkheadConfig other) {
        BulkheadConfig ofTheSameThreads = other.withExecutor(configured.executor());
        return new BulkheadSettings(ofTheSameThreads, override, override.over(ofTheSameThreads));
    }

    BulkheadSettings withOverride(BulkheadOverride other) {
        return new BulkheadSettings(configured, other, other.over(configured));
    }
}
