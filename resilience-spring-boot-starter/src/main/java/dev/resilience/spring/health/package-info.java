/** The breakers as a health indicator. */
@NullMarked
package dev.resilience.spring.health;

import org.jspecify.annotations.NullMarked;
