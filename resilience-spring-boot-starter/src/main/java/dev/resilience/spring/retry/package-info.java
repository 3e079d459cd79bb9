/** Retries by Spring Framework that stop where a guard refuses, wait no longer than a deadline allows, and keep to a budget. */
@NullMarked
package dev.resilience.spring.retry;

import org.jspecify.annotations.NullMarked;
