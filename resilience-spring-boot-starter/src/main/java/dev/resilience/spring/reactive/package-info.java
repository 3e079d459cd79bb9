/** Guards around Reactor's types, for each subscription. */
@NullMarked
package dev.resilience.spring.reactive;

import org.jspecify.annotations.NullMarked;
