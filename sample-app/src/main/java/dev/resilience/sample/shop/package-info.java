/** The shop: takes orders, and calls its payment provider through guards. */
@NullMarked
package dev.resilience.sample.shop;

import org.jspecify.annotations.NullMarked;
