/** Wires everything into a Spring Boot application: properties, auto-configurations, reports on a failed start. */
@NullMarked
package dev.resilience.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
