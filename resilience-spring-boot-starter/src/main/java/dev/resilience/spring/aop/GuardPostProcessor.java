package dev.resilience.spring.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.Ordered;
import org.springframework.core.SmartClassLoader;

/**
 * Puts one guard around the annotated methods of each bean.
 *
 * <p>It runs after the post-processors of {@code @Transactional} and {@code @Cacheable} and before those of {@code @Retryable},
 * {@code @ConcurrencyLimit} and {@code @Async}, each of which goes around what was there before it: a transaction is begun inside of
 * the guard, and every attempt of a retry asks the guard again.
 */
@SuppressWarnings(
        "serial") // proxy configuration is serializable, and so the base class is; nobody serializes a post-processor
public final class GuardPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor
        implements SmartInitializingSingleton {

    /** Its place among the post-processors; those of {@code @Retryable} and {@code @ConcurrencyLimit} have the next. */
    static final int ORDER = Ordered.LOWEST_PRECEDENCE - 2;

    private final GuardedTypes types;
    private volatile boolean started;

    /**
     * Creates a post-processor.
     *
     * @param registries where the guards come from
     * @param methods takes in what is guarded
     * @param policy is asked about each name
     */
    public GuardPostProcessor(Registries registries, GuardedMethods methods, NamePolicy policy) {
        this.types = new GuardedTypes(new PlanResolver(registries, methods, policy, this::resolvePlaceholders));
        setOrder(ORDER);
        setBeforeExistingAdvisors(true);
        // Only for the proxy classes that are generated ahead of time, which run no advice.
        this.advisor = new DefaultPointcutAdvisor((MethodInterceptor) MethodInvocation::proceed);
    }

    private String resolvePlaceholders(String text) {
        String resolved = beanFactory == null ? text : beanFactory.resolveEmbeddedValue(text);
        return resolved == null ? "" : resolved;
    }

    @Override
    protected boolean isEligible(Class<?> type) {
        return BeanType.of(type).owners().stream().anyMatch(GuardAnnotations::areOn);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof AopInfrastructureBean) {
            return bean;
        }
        GuardedType type = types.of(BeanType.of(bean)).orElse(null);
        if (type == null) {
            return bean;
        }
        if (started) {
            type.bind();
        }
        return advised(bean, beanName, type);
    }

    private Object advised(Object bean, String beanName, GuardedType type) {
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            advised.addAdvisor(0, type.advisor());
            return bean;
        }
        ProxyFactory factory = prepareProxyFactory(bean, beanName);
        if (!factory.isProxyTargetClass() && factory.getProxiedInterfaces().length == 0) {
            evaluateProxyInterfaces(bean.getClass(), factory);
        }
        factory.addAdvisor(type.advisor());
        factory.setFrozen(isFrozen());
        factory.setPreFiltered(true);
        return factory.getProxy(classLoaderFor(bean));
    }

    /** A class loader that reloads classes must not define a proxy of a class that it did not load. */
    private @Nullable ClassLoader classLoaderFor(Object bean) {
        ClassLoader classLoader = getProxyClassLoader();
        return classLoader instanceof SmartClassLoader smart
                        && classLoader != bean.getClass().getClassLoader()
                ? smart.getOriginalClassLoader()
                : classLoader;
    }

    /** Makes known the names of the beans created so far; not earlier, since registries may need some of these beans. */
    @Override
    public void afterSingletonsInstantiated() {
        started = true;
        types.bind();
    }
}
