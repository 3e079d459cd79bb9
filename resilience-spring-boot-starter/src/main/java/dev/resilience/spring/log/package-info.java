/** The guards' changes as structured log lines. */
@NullMarked
package dev.resilience.spring.log;

import org.jspecify.annotations.NullMarked;
