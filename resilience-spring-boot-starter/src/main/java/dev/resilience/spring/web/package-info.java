/** Answers HTTP requests whose call a guard refused, or that came too late. */
@NullMarked
package dev.resilience.spring.web;

import org.jspecify.annotations.NullMarked;
