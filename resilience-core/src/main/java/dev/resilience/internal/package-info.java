/** What breakers and bulkheads share with each other and with nobody else: no part of the public API, and free to change. */
@NullMarked
package dev.resilience.internal;

import org.jspecify.annotations.NullMarked;
