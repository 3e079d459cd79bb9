package dev.resilience.spring.aop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** Calls a fallback that is a suspending function, of which Spring makes a publisher. */
final class SuspendingFallback {

    private SuspendingFallback() {}

    /** Returns a handle that takes the bean, the call's arguments as an array, and what was thrown. */
    static MethodHandle handle(Method method, boolean asksForThrown) {
        MethodType type = MethodType.methodType(
                Object.class, Method.class, boolean.class, Object.class, Object[].class, Throwable.class);
        try {
            MethodHandle general = MethodHandles.lookup().findStatic(SuspendingFallback.class, "invoke", type);
            return MethodHandles.insertArguments(general, 0, method, asksForThrown);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The last argument of the call is the continuation of the guarded function, whose context the fallback runs in too. */
    @SuppressWarnings("unused") // called by its handle
    private static @Nullable Object invoke(
            Method method, boolean asksForThrown, @Nullable Object bean, @Nullable Object[] arguments, Throwable thrown)
            throws Throwable {
        int last = arguments.length - 1;
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(arguments).subList(0, last));
        if (asksForThrown) {
            values.add(thrown);
        }
        values.add(arguments[last]);
        return AopUtils.invokeJoinpointUsingReflection(bean, method, values.toArray());
    }
}
