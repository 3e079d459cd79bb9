/** What one call costs without any framework. */
@NullMarked
package dev.resilience.benchmarks.core;

import org.jspecify.annotations.NullMarked;
