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
import org.springframework.util.ClassUtils;
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
        return MethodIntrospector.selectMethods(
                owner, (MethodIntrospector.MetadataLookup<GuardAnnotations>) method -> of(method, owner));
    }

    /** Returns whether a class or interface has a guarded method. */
    static boolean areOn(Class<?> owner) {
        return !of(owner).isEmpty();
    }

    private static @Nullable GuardAnnotations of(Method method, Class<?> owner) {
        GuardAnnotation breaker = find(GuardKind.BREAKER, method, owner);
        GuardAnnotation bulkhead = find(GuardKind.BULKHEAD, method, owner);
        return breaker == null && bulkhead == null ? null : new GuardAnnotations(breaker, bulkhead);
    }

    private static @Nullable GuardAnnotation find(GuardKind kind, Method method, Class<?> owner) {
        MergedAnnotation<?> own =
                MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(kind.annotation());
        if (own.isPresent()) {
            return GuardAnnotation.of(kind, own, false);
        }
        if (!Modifier.isPublic(method.getModifiers())
                || Modifier.isStatic(method.getModifiers())
                || ReflectionUtils.isObjectMethod(method)) {
            return null;
        }
        GuardAnnotation onType = onType(kind, method, owner);
        return onType == null || onType.fallback().equals(method.getName()) ? null : onType;
    }

    private static @Nullable GuardAnnotation onType(GuardKind kind, Method method, Class<?> owner) {
        SearchStrategy strategy = owner.isInterface() ? SearchStrategy.TYPE_HIERARCHY : SearchStrategy.SUPERCLASS;
        MergedAnnotation<?> own = MergedAnnotations.from(owner, strategy).get(kind.annotation());
        if (own.isPresent()) {
            return isBeyondReach(method, own) ? null : GuardAnnotation.of(kind, own, true);
        }
        for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(owner)) {
            MergedAnnotation<?> inherited =
                    MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).get(kind.annotation());
            if (inherited.isPresent() && GuardedMethod.isDeclaredBy(type, method, owner)) {
                return GuardAnnotation.of(kind, inherited, true);
            }
        }
        return null;
    }

    /** A final method that an annotated class inherits, of a framework's class perhaps, is nothing that its author can change. */
    private static boolean isBeyondReach(Method method, MergedAnnotation<?> annotation) {
        return Modifier.isFinal(method.getModifiers()) && method.getDeclaringClass() != annotation.getSource();
    }

    /** Returns those that are there, the breaker's first. */
    List<GuardAnnotation> all() {
        return Stream.of(breaker, bulkhead).filter(Objects::nonNull).toList();
    }

    boolean haveTheSameKey() {
        return breaker != null && bulkhead != null && breaker.key().equals(bulkhead.key());
    }
}
