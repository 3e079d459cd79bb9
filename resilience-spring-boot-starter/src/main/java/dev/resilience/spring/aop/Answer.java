package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a method answers, and in what.
 *
 * @param value the value's type, as far as it is known; {@code Object} where it is not
 * @param wrapper the future or publisher that the value comes in; null for a plain value, and where it is a suspending function's alone
 * @param isSuspending whether it is a suspending function
 */
record Answer(Class<?> value, @Nullable Class<?> wrapper, boolean isSuspending) {

    private static final String FLOW = "kotlinx.coroutines.flow.Flow";
    private static final Set<String> NOTHING = Set.of("java.lang.Void", "kotlin.Unit");

    static Answer of(Method method, Class<?> owner) {
        if (KotlinDetector.isSuspendingFunction(method)) {
            ResolvableType continuation =
                    ResolvableType.forMethodParameter(method, method.getParameterCount() - 1, owner);
            ResolvableType type = continuation.getGeneric(0);
            return FLOW.equals(type.resolve(Object.class).getName())
                    ? new Answer(valueOf(type), type.resolve(), true)
                    : new Answer(type.resolve(Object.class), null, true);
        }
        ResolvableType type = ResolvableType.forMethodReturnType(method, owner);
        Class<?> raw = type.resolve(method.getReturnType());
        return ReturnKind.of(method) == ReturnKind.PLAIN
                ? new Answer(raw, null, false)
                : new Answer(valueOf(wrapperType(type)), raw, false);
    }

    /** Returns the type whose first generic is the value, which a subtype of {@link Future} need not have itself. */
    private static ResolvableType wrapperType(ResolvableType type) {
        return type.hasGenerics() ? type : type.as(Future.class);
    }

    private static Class<?> valueOf(ResolvableType wrapper) {
        return wrapper.getGeneric(0).resolve(Object.class);
    }

    /** Returns whether a fallback that answers so can answer for a method that answers like the other: the plain value, or in the same wrapper. */
    boolean canStandFor(Answer wanted) {
        if (isSuspending && !wanted.isSuspending) {
            return false;
        }
        if (wrapper != null && (wanted.wrapper == null || !wanted.wrapper.isAssignableFrom(wrapper))) {
            return false;
        }
        boolean isLater = wanted.wrapper != null || wanted.isSuspending;
        return isLater ? fitsLater(wanted.value) : fits(wanted.value);
    }

    private boolean fitsLater(Class<?> wanted) {
        boolean isUnknown = wanted == Object.class || (value == Object.class && (wrapper != null || isSuspending));
        return isUnknown || (value == void.class ? NOTHING.contains(wanted.getName()) : fits(wanted));
    }

    private boolean fits(Class<?> wanted) {
        return wanted.isPrimitive()
                ? value == wanted
                : value != void.class && wanted.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(value));
    }

    /** Returns {@code Order}, {@code Mono<Order>} or {@code suspending Order}. */
    @Override
    public String toString() {
        return (isSuspending ? "suspending " : "") + type();
    }

    /** Returns {@code Order} or {@code Mono<Order>}. */
    String type() {
        String shown = ClassUtils.getShortName(value);
        return wrapper == null ? shown : ClassUtils.getShortName(wrapper) + "<" + shown + ">";
    }
}
