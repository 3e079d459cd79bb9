/** Runs the benchmarks and turns what they measured into tables and verdicts. */
@NullMarked
package dev.resilience.benchmarks.report;

import org.jspecify.annotations.NullMarked;
