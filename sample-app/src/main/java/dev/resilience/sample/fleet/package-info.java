/** A store for several shops whose breakers agree, where there is none yet. */
@NullMarked
package dev.resilience.sample.fleet;

import org.jspecify.annotations.NullMarked;
