/** The annotations that guard the methods of a bean. */
@NullMarked
package dev.resilience.spring.annotation;

import org.jspecify.annotations.NullMarked;
