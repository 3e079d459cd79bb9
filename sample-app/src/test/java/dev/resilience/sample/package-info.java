/** The shop's story from end to end. */
@NullMarked
package dev.resilience.sample;

import org.jspecify.annotations.NullMarked;
