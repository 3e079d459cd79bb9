package dev.resilience.bulkhead;

/**
 * A place in a bulkhead, granted by {@link SemaphoreBulkhead} and given back to it exactly once.
 *
 * <p>Opaque and shared: permits are counted, not told apart, so that a permitted call allocates nothing.
 */
public final class BulkheadPermit {

    /** One of the limited places. */
    static final BulkheadPermit PLACE = new BulkheadPermit();

    /** No place: the call was let through by mode or rollout only, or the limit was no longer enforced. */
    static final BulkheadPermit EXEMPT = new BulkheadPermit();

    /** Not counted at all, as the bulkhead is off. */
    static final BulkheadPermit OFF = new BulkheadPermit();

    private BulkheadPermit() {}
}
