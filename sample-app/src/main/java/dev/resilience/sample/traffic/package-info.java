/** Customers that never tire, so that there is something to see. */
@NullMarked
package dev.resilience.sample.traffic;

import org.jspecify.annotations.NullMarked;
