package dev.resilience.spring.aop;

import java.lang.annotation.Annotation;
import java.util.List;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.interceptor.AbstractCacheInvoker;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.ConcurrencyLimitBeanPostProcessor;
import org.springframework.resilience.annotation.RetryAnnotationBeanPostProcessor;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncAnnotationBeanPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * The guard's place among what else goes around a method: outside of a transaction, so that no connection is held while a call waits or
 * is refused; inside of a cache, so that a hit needs no permit; inside of retries, limits and {@code @Async}.
 */
final class AdviceOrder {

    /**
     * The place of the guards' post-processor. Of those that come later, each goes around the guard; {@code @Retryable} and
     * {@code @ConcurrencyLimit} have the very next place.
     */
    static final int OF_POST_PROCESSOR = Ordered.LOWEST_PRECEDENCE - 2;

    private static final String TRANSACTION_INTERCEPTOR =
            "org.springframework.transaction.interceptor.TransactionInterceptor";

    private static final List<Outer> OUTERS = List.of(
            new Outer(Retryable.class, RetryAnnotationBeanPostProcessor.class, "@EnableResilientMethods"),
            new Outer(ConcurrencyLimit.class, ConcurrencyLimitBeanPostProcessor.class, "@EnableResilientMethods"),
            new Outer(Async.class, AsyncAnnotationBeanPostProcessor.class, "@EnableAsync"));

    private record Outer(
            Class<? extends Annotation> annotation, Class<? extends Ordered> postProcessor, String enabledBy) {}

    private AdviceOrder() {}

    /** Returns where the guard goes among the advisors that a bean has already: behind caches, unless a transaction is before them. */
    static int positionIn(Advised advised) {
        Advisor[] advisors = advised.getAdvisors();
        int position = 0;
        for (int i = 0; i < advisors.length; i++) {
            Advice advice = advisors[i].getAdvice();
            if (isTransaction(advice.getClass())) {
                return position;
            }
            if (advice instanceof AbstractCacheInvoker) {
                position = i + 1;
            }
        }
        return position;
    }

    /** By name, because transactions are no dependency of this library. */
    private static boolean isTransaction(@Nullable Class<?> advice) {
        return advice != null
                && (advice.getName().equals(TRANSACTION_INTERCEPTOR) || isTransaction(advice.getSuperclass()));
    }

    /**
     * Checks that what must be outside of a method's guard will be.
     *
     * @throws InvalidGuardException if not
     */
    static void check(GuardedMethod guarded, ConfigurableListableBeanFactory beanFactory) {
        for (Outer outer : OUTERS) {
            if (isAnnotated(guarded, outer.annotation())) {
                for (String name : beanFactory.getBeanNamesForType(outer.postProcessor(), true, false)) {
                    check(
                            guarded,
                            outer,
                            beanFactory.getBean(name, outer.postProcessor()).getOrder());
                }
            }
        }
    }

    private static void check(GuardedMethod guarded, Outer outer, int order) {
        if (order <= OF_POST_PROCESSOR) {
            throw new InvalidGuardException(
                    "@%s on %s would run inside of the method's guard, because its post-processor has the order %d."
                            .formatted(ClassUtils.getShortName(outer.annotation()), guarded, order),
                    "Leave out the order of %s, or make it greater than %d."
                            .formatted(outer.enabledBy(), OF_POST_PROCESSOR));
        }
    }

    private static boolean isAnnotated(GuardedMethod guarded, Class<? extends Annotation> annotation) {
        return AnnotatedElementUtils.hasAnnotation(guarded.method(), annotation)
                || AnnotatedElementUtils.hasAnnotation(guarded.owner(), annotation);
    }
}
