package dev.resilience.benchmarks.footprint;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;

/** Puts a proxy that does nothing around each bean that a starter would guard: the least that an annotation can cost. */
@SuppressWarnings("serial") // the base class is serializable; nobody serializes a post-processor
public final class EmptyInterceptor extends AbstractAdvisingBeanPostProcessor {

    /** Creates a post-processor. */
    public EmptyInterceptor() {
        setProxyTargetClass(true);
        this.advisor = new DefaultPointcutAdvisor((MethodInterceptor) MethodInvocation::proceed);
    }

    @Override
    protected boolean isEligible(Class<?> type) {
        return GuardedBeans.areIn(type);
    }
}
