/** What guards take besides time: memory, start-up, scrapes, and what they leave to the collector. */
@NullMarked
package dev.resilience.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
