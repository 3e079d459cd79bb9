package dev.resilience.spring.aop;

import dev.resilience.Name;
import dev.resilience.bulkhead.BulkheadExecutor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/** What a method must be to be guarded. */
final class MethodRules {

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
        ReturnKind kind = ReturnKind.of(guarded.method());
        if (kind == ReturnKind.OTHER_FUTURE) {
            throw new InvalidGuardException(
                    "%s on %s: nothing can be returned in the place of a %s, so that its end cannot be guarded."
                            .formatted(
                                    annotation,
                                    guarded,
                                    guarded.method().getReturnType().getName()),
                    "Return a CompletableFuture or a CompletionStage.");
        }
        if (kind == ReturnKind.OTHER_PUBLISHER) {
            throw new InvalidGuardException(
                    "%s on %s: nothing can be returned in the place of a %s, so that its end cannot be guarded."
                            .formatted(
                                    annotation,
                                    guarded,
                                    guarded.method().getReturnType().getName()),
                    "Return the type that it is one of: a Mono, a Flux, or the like of another library.");
        }
        if (kind == ReturnKind.PUBLISHER_WITHOUT_REACTOR) {
            throw new InvalidGuardException(
                    "%s on %s: a publisher is guarded by means of Reactor, and Reactor is not on the class path."
                            .formatted(annotation, guarded),
                    "Add io.projectreactor:reactor-core, or guard a method that returns the plain value or a CompletionStage.");
        }
    }

    /**
     * Checks that a method can be called on the threads that its bulkhead says.
     *
     * @param bulkhead null if it has none
     * @throws InvalidGuardException if not
     */
    static void checkExecutor(GuardedMethod guarded, @Nullable Name bulkhead, BulkheadExecutor executor) {
        ReturnKind kind = ReturnKind.of(guarded.method());
        boolean hasOwnThreads = executor != BulkheadExecutor.CALLER;
        if (hasOwnThreads && kind != ReturnKind.FUTURE && kind != ReturnKind.STAGE) {
            throw new InvalidGuardException(
                    "Bulkhead '%s' makes calls on threads of its own, but %s returns %s, for which its caller would have to wait."
                            .formatted(bulkhead, guarded, shownReturn(guarded)),
                    "Return a Future, a CompletionStage or a CompletableFuture, or set resilience.bulkheads.%s.executor to caller."
                            .formatted(bulkhead));
        }
        if (!hasOwnThreads && kind == ReturnKind.FUTURE) {
            throw new InvalidGuardException(
                    "%s returns a Future, which does not tell when it is complete, and has no bulkhead with threads of its own that could wait for it."
                            .formatted(guarded),
                    "Return a CompletionStage or a CompletableFuture, or set the executor of its bulkhead to virtual or platform.");
        }
    }

    private static String shownReturn(GuardedMethod guarded) {
        Method method = guarded.method();
        return KotlinDetector.isSuspendingFunction(method)
                ? Answer.of(method, guarded.owner()).toString()
                : ClassUtils.getShortName(method.getReturnType());
    }

    private static InvalidGuardException unreachable(
            GuardAnnotation annotation, GuardedMethod guarded, String modifier, String action) {
        return new InvalidGuardException(
                "%s on %s guards nothing: the method is %s, and no proxy sees its calls."
                        .formatted(annotation, guarded, modifier),
                action);
    }
}
