/** The Actuator endpoint {@code guards}: shows breakers and bulkheads, and takes an operator's orders. */
@NullMarked
package dev.resilience.spring.actuate;

import org.jspecify.annotations.NullMarked;
