/** A shop whose payment provider fails on request. */
@NullMarked
package dev.resilience.sample;

import org.jspecify.annotations.NullMarked;
