package dev.resilience.sample.shop;

import dev.resilience.sample.Region;

/**
 * What the provider has on its books.
 *
 * @param charges payments that were made
 */
record Reconciliation(Region region, int charges) {}
