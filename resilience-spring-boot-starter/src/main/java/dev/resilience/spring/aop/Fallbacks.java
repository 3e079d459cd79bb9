package dev.resilience.spring.aop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Finds the methods that an annotation names as its fallback. */
final class Fallbacks {

    private Fallbacks() {}

    /**
     * Returns the overloads that fit, none where the annotation has no fallback.
     *
     * @throws InvalidGuardException if none fits
     */
    static List<FallbackMethod> of(GuardAnnotation annotation, GuardedMethod guarded) {
        return methods(annotation, guarded).stream()
                .map(method -> callable(method, guarded))
                .toList();
    }

    /** Returns the overloads that fit as they are declared. */
    static List<Method> methods(GuardAnnotation annotation, GuardedMethod guarded) {
        if (!annotation.hasFallback()) {
            return List.of();
        }
        List<FallbackCandidate> candidates = all(guarded).stream()
                .filter(method -> method.getName().equals(annotation.fallback()))
                .map(method -> new FallbackCandidate(method, guarded))
                .toList();
        List<Method> fitting = candidates.stream()
                .filter(FallbackCandidate::fits)
                .map(FallbackCandidate::method)
                .toList();
        if (fitting.isEmpty()) {
            throw candidates.isEmpty() ? missing(annotation, guarded) : unfit(annotation, guarded, candidates);
        }
        return fitting;
    }

    /** Returns all methods of the bean's class, each once: what overrides comes before what is overridden. */
    private static Collection<Method> all(GuardedMethod guarded) {
        Map<String, Method> bySignature = new LinkedHashMap<>();
        ReflectionUtils.MethodCallback collector = method -> bySignature.putIfAbsent(
                method.getName()
                        + MethodType.methodType(void.class, method.getParameterTypes())
                                .descriptorString(),
                method);
        ReflectionUtils.doWithMethods(guarded.owner(), collector, ReflectionUtils.USER_DECLARED_METHODS);
        for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(guarded.owner())) {
            ReflectionUtils.doWithMethods(type, collector, Method::isDefault);
        }
        return bySignature.values();
    }

    private static FallbackMethod callable(Method method, GuardedMethod guarded) {
        FallbackCandidate candidate = new FallbackCandidate(method, guarded);
        boolean onProxy = guarded.owner().isInterface();
        MethodHandle handle = KotlinDetector.isSuspendingFunction(method)
                ? SuspendingFallback.handle(method, candidate.asksForThrown())
                : plain(method, candidate, onProxy);
        return new FallbackMethod(candidate.thrown(), candidate.asksForThrown(), handle, onProxy);
    }

    /** Returns a handle that takes the bean, the call's arguments as an array, and what was thrown. */
    private static MethodHandle plain(Method method, FallbackCandidate candidate, boolean onProxy) {
        Method guarded = candidate.guarded().method();
        int arguments = GuardedMethod.parameterCount(guarded);
        MethodHandle handle = unreflected(method, onProxy);
        if (Modifier.isStatic(method.getModifiers())) {
            handle = MethodHandles.dropArguments(handle, 0, Object.class);
        }
        if (!candidate.asksForThrown()) {
            handle = MethodHandles.dropArguments(handle, arguments + 1, Throwable.class);
        }
        if (KotlinDetector.isSuspendingFunction(guarded)) {
            handle = MethodHandles.dropArguments(handle, arguments + 1, Object.class);
            arguments++;
        }
        MethodType general =
                MethodType.genericMethodType(arguments + 2).changeParameterType(arguments + 1, Throwable.class);
        return handle.asType(general).asSpreader(1, Object[].class, arguments);
    }

    private static MethodHandle unreflected(Method method, boolean onProxy) {
        try {
            if (onProxy && method.isDefault()) {
                Class<?> type = method.getDeclaringClass();
                return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                        .unreflectSpecial(method, type)
                        .asFixedArity();
            }
            ReflectionUtils.makeAccessible(method);
            return MethodHandles.lookup().unreflect(method).asFixedArity();
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw new InvalidGuardException(
                    "The fallback %s of %s cannot be called: %s."
                            .formatted(
                                    GuardedMethod.call(method),
                                    method.getDeclaringClass().getName(),
                                    closed.getMessage()),
                    "Open its package to this module.",
                    closed);
        }
    }

    private static InvalidGuardException missing(GuardAnnotation annotation, GuardedMethod guarded) {
        String fitting = all(guarded).stream()
                .map(method -> new FallbackCandidate(method, guarded))
                .filter(FallbackCandidate::fits)
                .map(FallbackCandidate::toString)
                .collect(Collectors.joining(", "));
        return new InvalidGuardException(
                "The fallback '%s' of %s on %s does not exist.%s"
                        .formatted(
                                annotation.fallback(),
                                annotation,
                                guarded,
                                fitting.isEmpty() ? "" : " Methods that would fit: " + fitting + "."),
                action(annotation, guarded));
    }

    private static InvalidGuardException unfit(
            GuardAnnotation annotation, GuardedMethod guarded, List<FallbackCandidate> candidates) {
        String differences = candidates.stream()
                .map(candidate -> "%n    %s %s".formatted(candidate, candidate.difference()))
                .collect(Collectors.joining());
        return new InvalidGuardException(
                "The fallback '%s' of %s on %s does not fit:%s"
                        .formatted(annotation.fallback(), annotation, guarded, differences),
                action(annotation, guarded));
    }

    private static String action(GuardAnnotation annotation, GuardedMethod guarded) {
        Method method = guarded.method();
        String call = annotation.fallback()
                + GuardedMethod.call(method).substring(method.getName().length());
        String answer = Answer.of(method, guarded.owner()).type();
        String declaration = KotlinDetector.isSuspendingFunction(method)
                ? "suspend fun %s: %s".formatted(call, answer)
                : answer + ' ' + call;
        return "Declare '%s' in %s, optionally with a Throwable as one more parameter."
                .formatted(declaration, guarded.owner().getName());
    }
}
