package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.util.ClassUtils;

/**
 * A method of a bean, as its users see it.
 *
 * @param owner the bean's class, or the interface where there is no class that has the method
 * @param method the method, not a bridge to it
 */
record GuardedMethod(Class<?> owner, Method method) {

    /** Returns {@code PaymentClient.pay(Order)}. */
    String signature() {
        return owner.getSimpleName() + '.' + call(method);
    }

    /** Returns {@code pay(Order)}. */
    static String call(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .limit(parameterCount(method))
                .map(ClassUtils::getShortName)
                .collect(Collectors.joining(", ", method.getName() + '(', ")"));
    }

    /** Returns how many parameters a method has in its source: a suspending function has one more in its class file. */
    static int parameterCount(Method method) {
        return method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
    }

    /** Returns whether a type of the owner's hierarchy declares a method that this one implements or overrides, or this one itself. */
    static boolean isDeclaredBy(Class<?> type, Method method, Class<?> owner) {
        return declaration(type, method, owner) != null;
    }

    private static @Nullable Method declaration(Class<?> type, Method method, Class<?> owner) {
        for (Method declared : type.getMethods()) {
            if (declared.getName().equals(method.getName())
                    && declared.getParameterCount() == method.getParameterCount()
                    && AopUtils.getMostSpecificMethod(declared, owner).equals(method)) {
                return declared;
            }
        }
        return null;
    }

    /** Returns the method, and the interfaces' methods that it implements: each may have names of its own for the parameters. */
    List<Method> declarations() {
        List<Method> all = new ArrayList<>();
        all.add(method);
        for (Class<?> type : ClassUtils.getAllInterfacesForClassAsSet(owner)) {
            Method declared = declaration(type, method, owner);
            if (declared != null) {
                all.add(declared);
            }
        }
        return all;
    }

    /** Returns {@code com.shop.PaymentClient.pay(Order)}. */
    @Override
    public String toString() {
        return owner.getName() + '.' + call(method);
    }

    // What a record would have made of itself costs a start some hundred classes: docs/decisions/0015
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GuardedMethod that && owner == that.owner && method.equals(that.method);
    }

    @Override
    public int hashCode() {
        return 31 * owner.hashCode() + method.hashCode();
    }
}
