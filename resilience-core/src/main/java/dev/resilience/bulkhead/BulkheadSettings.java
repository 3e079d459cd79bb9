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

    BulkheadSettings withConfigured(BulkheadConfig other) {
        return new BulkheadSettings(other, override, override.over(other));
    }

    BulkheadSettings withOverride(BulkheadOverride other) {
        return new BulkheadSettings(configured, other, other.over(configured));
    }
}
