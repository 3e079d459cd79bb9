package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** A method of which it is asked whether it can be the fallback of another. */
record FallbackCandidate(Method method, GuardedMethod guarded) {

    boolean fits() {
        return difference() == null;
    }

    /** Returns why it cannot be the fallback, or null if it can. */
    @Nullable
    String difference() {
        if (method.equals(guarded.method())) {
            return "is the guarded method itself";
        }
        if (Modifier.isAbstract(method.getModifiers())) {
            return "is abstract, not a default method";
        }
        if (!takesTheSame()) {
            return "takes (%s), not (%s)".formatted(shown(parameters(method)), shown(parameters(guarded.method())));
        }
        Answer returned = Answer.of(method, guarded.owner());
        Answer wanted = Answer.of(guarded.method(), guarded.owner());
        return returned.canStandFor(wanted) ? null : "returns %s, not %s".formatted(returned, wanted);
    }

    private boolean takesTheSame() {
        List<Class<?>> own = parameters(method);
        List<Class<?>> wanted = parameters(guarded.method());
        if (own.equals(wanted)) {
            return true;
        }
        int last = own.size() - 1;
        return last == wanted.size()
                && Throwable.class.isAssignableFrom(own.get(last))
                && own.subList(0, last).equals(wanted);
    }

    /** Returns whether it takes what was thrown, as its last parameter. */
    boolean asksForThrown() {
        return GuardedMethod.parameterCount(method) > GuardedMethod.parameterCount(guarded.method());
    }

    /** Returns the type of what was thrown that it takes. */
    Class<?> thrown() {
        return asksForThrown() ? method.getParameterTypes()[GuardedMethod.parameterCount(method) - 1] : Throwable.class;
    }

    private List<Class<?>> parameters(Method declared) {
        List<Class<?>> types = new ArrayList<>();
        for (int i = 0; i < GuardedMethod.parameterCount(declared); i++) {
            types.add(ResolvableType.forMethodParameter(declared, i, guarded.owner())
                    .resolve(declared.getParameterTypes()[i]));
        }
        return types;
    }

    private static String shown(List<Class<?>> types) {
        return String.join(", ", types.stream().map(ClassUtils::getShortName).toList());
    }

    /** Returns {@code private String cached(Order)}, less the modifiers that do not matter. */
    @Override
    public String toString() {
        return GuardedMethod.call(method);
    }
}
