/** An independent model of a breaker's rules, and the histories that hold the product against it. */
@NullMarked
package dev.resilience.oracle;

import org.jspecify.annotations.NullMarked;
