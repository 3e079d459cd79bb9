package dev.resilience.sample.shop;

/**
 * What a way to pay costs.
 *
 * @param fee in cents
 */
record Quote(String method, int fee) {}
