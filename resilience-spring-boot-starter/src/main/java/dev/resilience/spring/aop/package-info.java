/** Makes guards of annotations: the post-processor, the interceptor and what is resolved once for each guarded method. */
@NullMarked
package dev.resilience.spring.aop;

import org.jspecify.annotations.NullMarked;
