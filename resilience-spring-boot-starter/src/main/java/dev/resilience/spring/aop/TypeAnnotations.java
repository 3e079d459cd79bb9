package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/** What the annotations of a class or interface, and of the interfaces that it implements, say of its methods. Read once for all of them. */
final class TypeAnnotations {

    private final Class<?> owner;
    private final MergedAnnotations own;
    private final List<Inherited> inherited = new ArrayList<>();

    private record Inherited(Class<?> type, MergedAnnotations annotations) {}

    TypeAnnotations(Class<?> owner) {
        this.owner = owner;
        this.own = MergedAnnotations.from(
                owner, owner.isInterface() ? SearchStrategy.TYPE_HIERARCHY : SearchStrategy.SUPERCLASS);
        for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(owner)) {
            MergedAnnotations annotations = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
            if (areOn(annotations)) {
                inherited.add(new Inherited(type, annotations));
            }
        }
    }

    private static boolean areOn(MergedAnnotations annotations) {
        return annotations.isPresent(GuardKind.BREAKER.annotation())
                || annotations.isPresent(GuardKind.BULKHEAD.annotation());
    }

    /** Returns what holds for a method that has no annotation of that kind itself; null if nothing does. */
    @Nullable
    GuardAnnotation of(GuardKind kind, Method method) {
        MergedAnnotation<?> ofOwner = own.get(kind.annotation());
        if (ofOwner.isPresent()) {
            return isBeyondReach(method, ofOwner) ? null : GuardAnnotation.of(kind, ofOwner, true);
        }
        for (Inherited each : inherited) {
            MergedAnnotation<?> ofInterface = each.annotations().get(kind.annotation());
            if (ofInterface.isPresent() && GuardedMethod.isDeclaredBy(each.type(), method, owner)) {
                return GuardAnnotation.of(kind, ofInterface, true);
            }
        }
        return null;
    }

    /** A final method that an annotated class inherits, of a framework's class perhaps, is nothing that its author can change. */
    private static boolean isBeyondReach(Method method, MergedAnnotation<?> annotation) {
        return Modifier.isFinal(method.getModifiers()) && method.getDeclaringClass() != annotation.getSource();
    }
}
