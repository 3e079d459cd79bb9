/** Answers HTTP requests whose call a guard refused. */
@NullMarked
package dev.resilience.spring.web;

import org.jspecify.annotations.NullMarked;
