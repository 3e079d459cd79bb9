package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Puts the interceptor around one guarded method of a kind of bean. */
final class GuardAdvisor implements PointcutAdvisor {

    private final Pointcut pointcut;
    private final GuardInterceptor interceptor;

    GuardAdvisor(GuardedType type, GuardedMethod method, GuardPlan plan) {
        this.pointcut = new OneMethod(type, method);
        this.interceptor = new GuardInterceptor(plan);
    }

    /** Returns whether a bean is a proxy that has such an advisor, or one around such a proxy. */
    static boolean isOn(@Nullable Object bean) {
        return bean instanceof Advised advised
                && (Arrays.stream(advised.getAdvisors()).anyMatch(GuardAdvisor.class::isInstance)
                        || isOn(AopProxyUtils.getSingletonTarget(bean)));
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return interceptor;
    }

    private static final class OneMethod extends StaticMethodMatcherPointcut {

        private final GuardedType type;
        private final GuardedMethod method;

        OneMethod(GuardedType type, GuardedMethod method) {
            this.type = type;
            this.method = method;
        }

        @Override
        public boolean matches(Method called, Class<?> targetClass) {
            return method.equals(type.guarded(called));
        }

        /** Tells what it matches: proxy classes are shared, also between contexts, where this and the advice's class are the same. */
        @Override
        public String toString() {
            return "guarded " + method;
        }
    }
}
