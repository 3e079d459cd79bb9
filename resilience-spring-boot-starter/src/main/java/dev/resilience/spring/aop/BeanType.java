package dev.resilience.spring.aop;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.ClassUtils;

/**
 * What a bean is behind its proxies.
 *
 * @param beanClass the class that a person wrote; null where there is none, as behind a client that is only an interface
 * @param interfaces what the bean can be called by besides
 */
record BeanType(@Nullable Class<?> beanClass, List<Class<?>> interfaces) {

    static BeanType of(Object bean) {
        BeanType type = of(AopProxyUtils.ultimateTargetClass(bean));
        return bean instanceof Advised advised
                ? new BeanType(type.beanClass(), List.of(advised.getProxiedInterfaces()))
                : type;
    }

    static BeanType of(Class<?> type) {
        return isNobodys(type)
                ? new BeanType(null, List.of(type.getInterfaces()))
                : new BeanType(ClassUtils.getUserClass(type), List.of());
    }

    /** Returns whether a class was made at run time for an interface, so that it has neither a name nor annotations. */
    static boolean isNobodys(Class<?> type) {
        return Proxy.isProxyClass(type) || ClassUtils.isLambdaClass(type);
    }

    /**
     * Returns the types whose annotations count, the bean's class first. An interface is one of them only where the class does not
     * implement it: a repository's proxy answers for an interface that its target knows nothing of.
     */
    List<Class<?>> owners() {
        List<Class<?>> owners = new ArrayList<>();
        if (beanClass != null) {
            owners.add(beanClass);
        }
        interfaces.stream()
                .filter(type -> beanClass == null || !type.isAssignableFrom(beanClass))
                .forEach(owners::add);
        return owners;
    }

    // What a record would have made of itself costs a start some hundred classes: docs/decisions/0015
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BeanType that && beanClass == that.beanClass && interfaces.equals(that.interfaces);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(beanClass) + interfaces.hashCode();
    }
}
