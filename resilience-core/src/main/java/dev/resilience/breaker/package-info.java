/** The circuit breaker: its configuration, its states, and what can be read of it. */
@NullMarked
package dev.resilience.breaker;

import org.jspecify.annotations.NullMarked;
