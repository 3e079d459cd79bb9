package dev.resilience.spring.aop;

import java.lang.annotation.Annotation;
import org.springframework.core.annotation.MergedAnnotation;

/**
 * What one annotation says of a method, aliases and meta-annotations resolved.
 *
 * @param criticality empty if it has none
 * @param onType whether the annotation is one of the method's class
 */
record GuardAnnotation(GuardKind kind, String name, String key, String fallback, String criticality, boolean onType) {

    static GuardAnnotation of(GuardKind kind, MergedAnnotation<? extends Annotation> annotation, boolean onType) {
        return new GuardAnnotation(
                kind,
                annotation.getString("name"),
                annotation.getString("key"),
                annotation.getString("fallback"),
                kind == GuardKind.BULKHEAD ? annotation.getString("criticality").trim() : "",
                onType);
    }

    boolean hasKey() {
        return !key.isBlank();
    }

    /** Returns whether the criticality is picked anew for each call. */
    boolean picksCriticality() {
        return criticality.startsWith("#");
    }

    boolean hasFallback() {
        return !fallback.isBlank();
    }

    /** Returns {@code @Breaker("payments")}, or {@code @Breaker} without a name. */
    @Override
    public String toString() {
        String simple = '@' + kind.annotation().getSimpleName();
        return name.isBlank() ? simple : simple + "(\"" + name + "\")";
    }
}
