/** What one call costs through a bean's proxy, in a Spring Boot context. */
@NullMarked
package dev.resilience.benchmarks.annotation;

import org.jspecify.annotations.NullMarked;
