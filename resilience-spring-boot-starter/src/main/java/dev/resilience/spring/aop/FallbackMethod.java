package dev.resilience.spring.aop;

import dev.resilience.Outcome;
import java.lang.invoke.MethodHandle;
import java.util.Set;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * One overload of a fallback.
 *
 * @param thrown what it takes; {@code Throwable} where it has no such parameter
 * @param asksForThrown whether it has such a parameter
 * @param handle takes the bean, the call's arguments and what was thrown
 * @param onProxy whether it is an interface's default method that runs on the proxy, because there is no bean behind it
 */
record FallbackMethod(Class<?> thrown, boolean asksForThrown, MethodHandle handle, boolean onProxy) {

    /** Types that say nothing of what was thrown, so that they cannot mean an exception that counts as an answer. */
    private static final Set<Class<?>> BROAD =
            Set.of(Throwable.class, Exception.class, RuntimeException.class, Error.class);

    /** Returns whether it answers for an exception; without an outcome the call was refused. */
    boolean takes(Throwable candidate, @Nullable Outcome outcome) {
        boolean calledFor = outcome == null || outcome.isFailure() || (asksForThrown && !BROAD.contains(thrown));
        return calledFor && thrown.isInstance(candidate);
    }

    /** Returns how far from {@code Throwable} the type is that it takes; the overload without one is the farthest from any. */
    int closeness() {
        int depth = asksForThrown ? 1 : 0;
        for (Class<?> type = thrown; type != Throwable.class; type = type.getSuperclass()) {
            depth++;
        }
        return depth;
    }

    @Nullable
    Object invoke(MethodInvocation invocation, Throwable cause) throws Throwable {
        Object bean = onProxy ? ((ProxyMethodInvocation) invocation).getProxy() : bean(invocation.getThis());
        return (Object) handle.invokeExact(bean, invocation.getArguments(), cause);
    }

    /** A proxy around a proxy has the inner one for its target, whose fields are all empty. */
    private static @Nullable Object bean(@Nullable Object target) {
        Object bean = target;
        while (bean instanceof SpringProxy) {
            Object inner = AopProxyUtils.getSingletonTarget(bean);
            if (inner == null) {
                return bean;
            }
            bean = inner;
        }
        return bean;
    }
}
