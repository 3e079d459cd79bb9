package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.springframework.core.ReactiveAdapterRegistry;

/** What a method must be to be guarded. */
final class MethodRules {

    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private MethodRules() {}

    /**
     * Checks a method that carries an annotation, or whose class does.
     *
     * @throws InvalidGuardException if calls of it cannot be guarded
     */
    static void check(GuardAnnotation annotation, GuardedMethod guarded) {
        int modifiers = guarded.method().getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            throw unreachable(annotation, guarded, "private", "Make the method public.");
        }
        if (Modifier.isStatic(modifiers)) {
            throw unreachable(annotation, guarded, "static", "Make it a method of the bean.");
        }
        if (Modifier.isFinal(modifiers)) {
            throw unreachable(annotation, guarded, "final", "Remove 'final' from the method.");
        }
        if (isAsynchronous(guarded.method())) {
            throw new InvalidGuardException(
                    "%s on %s: asynchronous return types are not supported yet, and a guard around a method that only starts the call would see nothing of it."
                            .formatted(annotation, guarded),
                    "Guard a method that returns the plain value.");
        }
    }

    private static InvalidGuardException unreachable(
            GuardAnnotation annotation, GuardedMethod guarded, String modifier, String action) {
        return new InvalidGuardException(
                "%s on %s guards nothing: the method is %s, and no proxy sees its calls."
                        .formatted(annotation, guarded, modifier),
                action);
    }

    static boolean isAsynchronous(Method method) {
        Class<?> type = method.getReturnType();
        return Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)
                || Flow.Publisher.class.isAssignableFrom(type)
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null
                || isSuspending(method);
    }

    private static boolean isSuspending(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0
                && parameters[parameters.length - 1].getName().equals(CONTINUATION);
    }
}
