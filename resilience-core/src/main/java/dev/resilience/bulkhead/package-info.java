/** The bulkhead: a bounded number of calls at once, and a bounded queue before it. */
@NullMarked
package dev.resilience.bulkhead;

import org.jspecify.annotations.NullMarked;
