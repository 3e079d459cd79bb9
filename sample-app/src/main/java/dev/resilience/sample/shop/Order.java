package dev.resilience.sample.shop;

import dev.resilience.sample.Region;

/**
 * An order that is paid.
 *
 * @param amount in whole units of the region's currency
 */
record Order(String id, Region region, int amount, String receipt) {}
