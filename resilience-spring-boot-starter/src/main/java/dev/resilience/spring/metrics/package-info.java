/** The guards as Micrometer meters, read from what the core counts anyway. */
@NullMarked
package dev.resilience.spring.metrics;

import org.jspecify.annotations.NullMarked;
