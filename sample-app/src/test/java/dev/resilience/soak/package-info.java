/** The sample under load for as long as one likes, with a provider that flips and operators who change everything. */
@NullMarked
package dev.resilience.soak;

import org.jspecify.annotations.NullMarked;
