/** Guards around calls that can fail or hang: circuit breakers and bulkheads, alone or composed, without any framework. */
@NullMarked
package dev.resilience;

import org.jspecify.annotations.NullMarked;
