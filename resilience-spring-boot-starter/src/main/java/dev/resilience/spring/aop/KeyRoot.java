package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** What {@code #root} is in a key expression: {@code #root.method}, {@code #root.target} and {@code #root.args}. */
public final class KeyRoot {

    private final MethodInvocation invocation;

    KeyRoot(MethodInvocation invocation) {
        this.invocation = invocation;
    }

    /** Returns the method that is called. */
    public Method getMethod() {
        return invocation.getMethod();
    }

    /** Returns the bean behind the proxy; null where there is none, as behind a client that is only an interface. */
    public @Nullable Object getTarget() {
        return invocation.getThis();
    }

    /** Returns the arguments of the call. */
    public @Nullable Object[] getArgs() {
        return invocation.getArguments();
    }
}
