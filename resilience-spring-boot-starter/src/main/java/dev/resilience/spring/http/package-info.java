/** Lets deadlines and criticalities travel between services, in headers of HTTP requests. */
@NullMarked
package dev.resilience.spring.http;

import org.jspecify.annotations.NullMarked;
