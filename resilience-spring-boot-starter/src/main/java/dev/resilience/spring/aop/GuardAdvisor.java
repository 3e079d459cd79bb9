package dev.resilience.spring.aop;

import java.lang.reflect.Method;
import org.aopalliance.aop.Advice;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Puts the interceptor around the guarded methods of one kind of bean, and around no others. */
final class GuardAdvisor implements PointcutAdvisor {

    private final Pointcut pointcut;
    private final GuardInterceptor interceptor;

    GuardAdvisor(GuardedType type) {
        this.pointcut = new GuardedMethodsOf(type);
        this.interceptor = new GuardInterceptor(type);
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return interceptor;
    }

    private static final class GuardedMethodsOf extends StaticMethodMatcherPointcut {

        private final GuardedType type;

        GuardedMethodsOf(GuardedType type) {
            this.type = type;
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return type.plan(method) != null;
        }
    }
}
