/** What a fleet whose breakers agree takes: time, commands and bytes at the store, CPU of a node; and what a hanging store does to calls. */
@NullMarked
package dev.resilience.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
