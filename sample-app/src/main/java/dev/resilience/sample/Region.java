package dev.resilience.sample;

/**
 * Where a payment is made. The provider runs one installation a region, each with troubles of its own.
 *
 * <p>An enum, because a region becomes the key of a breaker: a key that is free text lets any caller make breakers.
 */
public enum Region {
    EU,
    US,
    AP
}
