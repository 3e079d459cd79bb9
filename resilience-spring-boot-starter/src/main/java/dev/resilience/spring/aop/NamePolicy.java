package dev.resilience.spring.aop;

import dev.resilience.Name;

/** Is asked at start-up whether an annotation may use a name. */
@FunctionalInterface
public interface NamePolicy {

    /**
     * Returns if the name may be used.
     *
     * @param place the annotated method, for the message
     * @throws RuntimeException if it may not; the start fails with it
     */
    void check(GuardKind kind, Name name, String place);
}
