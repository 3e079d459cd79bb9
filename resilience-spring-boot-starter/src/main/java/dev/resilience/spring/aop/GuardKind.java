package dev.resilience.spring.aop;

import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.lang.annotation.Annotation;

/** What an annotation asks for. */
public enum GuardKind {
    /** A breaker, by {@link Breaker}. */
    BREAKER(Breaker.class),
    /** A bulkhead, by {@link Bulkhead}. */
    BULKHEAD(Bulkhead.class);

    private final Class<? extends Annotation> annotation;

    GuardKind(Class<? extends Annotation> annotation) {
        this.annotation = annotation;
    }

    /** Returns the annotation that asks for it. */
    public Class<? extends Annotation> annotation() {
        return annotation;
    }
}
