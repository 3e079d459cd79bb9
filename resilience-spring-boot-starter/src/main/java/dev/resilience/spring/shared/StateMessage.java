package dev.resilience.spring.shared;

/**
 * A change of a breaker's shared state, as it was published.
 *
 * @param now the store's time of the change, in milliseconds
 */
record StateMessage(String breaker, long now, FleetState state) {}
