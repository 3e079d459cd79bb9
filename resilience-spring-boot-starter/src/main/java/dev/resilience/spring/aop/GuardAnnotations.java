package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * The annotations that hold for a method: its own or those that it inherits, else those of its class, else those of an interface that
 * declares it. Each kind is looked for by itself.
 */
record GuardAnnotations(
        @Nullable GuardAnnotation breaker, @Nullable GuardAnnotation bulkhead) {

    /** Returns the guarded methods of a class or interface; empty for nearly every class that there is. */
    static Map<Method, GuardAnnotations> of(Class<?> owner) {
        if (!AnnotationUtils.isCandidateClass(
                owner, List.of(GuardKind.BREAKER.annotation(), GuardKind.BULKHEAD.annotation()))) {
            return Map.of();
        }
        TypeAnnotations onType = new TypeAnnotations(owner);
        return MethodIntrospector.selectMethods(
                owner, (MethodIntrospector.MetadataLookup<GuardAnnotations>) method -> of(method, onType));
    }

    /** Returns whether a class or interface has a guarded method. */
    static boolean areOn(Class<?> owner) {
        return !of(owner).isEmpty();
    }

    private static @Nullable GuardAnnotations of(Method method, TypeAnnotations onType) {
        MergedAnnotations own = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
        GuardAnnotation breaker = find(GuardKind.BREAKER, own, method, onType);
        GuardAnnotation bulkhead = find(GuardKind.BULKHEAD, own, method, onType);
        return breaker == null && bulkhead == null ? null : new GuardAnnotations(breaker, bulkhead);
    }

    private static @Nullable GuardAnnotation find(
            GuardKind kind, MergedAnnotations ofMethod, Method method, TypeAnnotations onType) {
        MergedAnnotation<?> own = ofMethod.get(kind.annotation());
        if (own.isPresent()) {
            return GuardAnnotation.of(kind, own, false);
        }
        if (!Modifier.isPublic(method.getModifiers())
                || Modifier.isStatic(method.getModifiers())
                || ReflectionUtils.isObjectMethod(method)) {
            return null;
        }
        GuardAnnotation found = onType.of(kind, method);
        return found == null || found.fallback().equals(method.getName()) ? null : found;
    }

    /** Returns those that are there, the breaker's first. */
    List<GuardAnnotation> all() {
        return Stream.of(breaker, bulkhead).filter(Objects::nonNull).toList();
    }

    boolean haveTheSameKey() {
        return breaker != null && bulkhead != null && breaker.key().equals(bulkhead.key());
    }
}
