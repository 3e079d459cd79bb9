/** Breakers of one name that agree over all processes of a fleet, by way of Redis or Valkey. */
@NullMarked
package dev.resilience.spring.shared;

import org.jspecify.annotations.NullMarked;
