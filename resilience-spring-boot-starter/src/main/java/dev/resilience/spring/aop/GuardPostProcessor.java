package dev.resilience.spring.aop;

import java.lang.reflect.Modifier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.SmartInitializingSingleton;
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

    private final GuardNames names;
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
        this.names = new GuardNames(this::resolvePlaceholders, methods, policy);
        this.types = new GuardedTypes(new PlanResolver(registries, names, this::checkOrder));
        setOrder(AdviceOrder.OF_POST_PROCESSOR);
        setBeforeExistingAdvisors(true);
        // Only for the proxy classes that are generated ahead of time, which run no advice.
        this.advisor = new DefaultPointcutAdvisor((MethodInterceptor) MethodInvocation::proceed);
    }

    private String resolvePlaceholders(String text) {
        String resolved = beanFactory == null ? text : beanFactory.resolveEmbeddedValue(text);
        return resolved == null ? "" : resolved;
    }

    private void checkOrder(GuardedMethod guarded) {
        if (beanFactory != null) {
            AdviceOrder.check(guarded, beanFactory);
        }
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
        if (type == null || GuardAdvisor.isOn(bean)) {
            return bean;
        }
        if (started) {
            names.check();
            type.bind();
        }
        return advised(bean, beanName, type);
    }

    private Object advised(Object bean, String beanName, GuardedType type) {
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            int position = AdviceOrder.positionIn(advised);
            type.advisors().forEach(advisor -> advised.addAdvisor(position, advisor));
            return bean;
        }
        ProxyFactory factory = prepareProxyFactory(bean, beanName);
        if (!factory.isProxyTargetClass() && factory.getProxiedInterfaces().length == 0) {
            evaluateProxyInterfaces(bean.getClass(), factory);
        }
        checkProxyable(bean.getClass(), factory);
        type.advisors().forEach(factory::addAdvisor);
        factory.setFrozen(isFrozen());
        factory.setPreFiltered(true);
        return factory.getProxy(classLoaderFor(bean));
    }

    private static void checkProxyable(Class<?> type, ProxyFactory factory) {
        if (factory.isProxyTargetClass() && Modifier.isFinal(type.getModifiers()) && !BeanType.isNobodys(type)) {
            throw new InvalidGuardException(
                    "%s has annotated methods, but it is final, and a guard needs a subclass."
                            .formatted(type.getName()),
                    "Remove 'final' from the class, or call it by an interface and set spring.aop.proxy-target-class=false.");
        }
    }

    /** A class loader that reloads classes must not define a proxy of a class that it did not load. */
    private @Nullable ClassLoader classLoaderFor(Object bean) {
        ClassLoader classLoader = getProxyClassLoader();
        return classLoader instanceof SmartClassLoader smart
                        && !classLoader.equals(bean.getClass().getClassLoader())
                ? smart.getOriginalClassLoader()
                : classLoader;
    }

    /** Makes known the names of the beans created so far; not earlier, since policies and registries may need some of these beans. */
    @Override
    public void afterSingletonsInstantiated() {
        started = true;
        names.check();
        types.bind();
        if (beanFactory != null) {
            new EarlyBeans(beanFactory, types).report();
        }
    }
}
