package dev.resilience.spring.aop;

import java.lang.annotation.Annotation;
import org.springframework.core.annotation.MergedAnnotation;

/**
 * What one annotation says of a method, aliases and meta-annotations resolved.
 *
 * @param onType whether the annotation is one of the method's class
 */
record GuardAnnotation(GuardKind kind, String name, String key, String fallback, boolean onType) {

    static GuardAnnotation of(GuardKind kind, MergedAnnotation<? extends Annotation> annotation, boolean onType) {
        return new GuardAnnotation(
                kind,
                annotation.getString("name"),
                annotation.getString("key"),
                annotation.getString("fallback"),
                onType);
    }

    boolean hasKey() {
        return !key.isBlank();
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
