/** Takes deadlines, criticalities and all else that belongs to a thread along to other threads, by Micrometer's context-propagation. */
@NullMarked
package dev.resilience.spring.context;

import org.jspecify.annotations.NullMarked;
