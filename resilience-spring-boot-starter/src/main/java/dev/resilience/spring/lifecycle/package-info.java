/** What happens to calls on threads of a bulkhead's own when the application ends. */
@NullMarked
package dev.resilience.spring.lifecycle;

import org.jspecify.annotations.NullMarked;
