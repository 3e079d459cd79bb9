/** How long guarded calls take while calls arrive at a fixed rate, whether the earlier ones are done or not. */
@NullMarked
package dev.resilience.benchmarks.sustained;

import org.jspecify.annotations.NullMarked;
