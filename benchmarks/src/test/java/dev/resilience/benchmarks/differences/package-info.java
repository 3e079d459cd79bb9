/** Random histories of this breaker and Resilience4j's side by side. */
@NullMarked
package dev.resilience.benchmarks.differences;

import org.jspecify.annotations.NullMarked;
