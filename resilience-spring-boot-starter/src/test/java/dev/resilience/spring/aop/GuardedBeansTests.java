package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.GuardRunner.breakers;
import static dev.resilience.spring.aop.GuardRunner.bulkheads;
import static dev.resilience.spring.aop.GuardRunner.calls;
import static dev.resilience.spring.aop.GuardRunner.forceOpen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;

class GuardedBeansTests {

    @Test
    void putsOneInterceptorAroundAMethodWithBothAnnotations() {
        GuardRunner.with(Both.class).run(context -> {
            Both bean = context.getBean(Both.class);
            bean.pay();
            assertThat(((Advised) bean).getAdvisors()).hasSize(1);
            assertThat(calls(context, "payments")).isEqualTo(1);
            assertThat(bulkheads(context).get("payments").snapshot().totals().permitted())
                    .isEqualTo(1);
        });
    }

    static class Both {
        @Breaker("payments")
        @Bulkhead("payments")
        void pay() {}
    }

    @Test
    void guardsEveryPublicMethodOfAnAnnotatedClassAndNoOther() {
        GuardRunner.with(WholeClass.class).run(context -> {
            WholeClass bean = context.getBean(WholeClass.class);
            bean.one();
            bean.two();
            bean.inherited();
            bean.internal();
            assertThat(bean.toString()).isEqualTo("whole");
            assertThat(calls(context, "whole")).isEqualTo(3);
        });
    }

    static class Base {
        public void inherited() {}
    }

    @Breaker("whole")
    static class WholeClass extends Base {
        public void one() {}

        public void two() {}

        void internal() {}

        @Override
        public String toString() {
            return "whole";
        }
    }

    @Test
    void letsAMethodsAnnotationOverrideItsClasses() {
        GuardRunner.with(Overriding.class).run(context -> {
            context.getBean(Overriding.class).own();
            assertThat(calls(context, "method")).isEqualTo(1);
            assertThat(calls(context, "class")).isZero();
            assertThat(bulkheads(context).get("class").snapshot().totals().permitted())
                    .isEqualTo(1);
        });
    }

    @Breaker("class")
    @Bulkhead("class")
    static class Overriding {
        @Breaker("method")
        public void own() {}
    }

    @Test
    void letsAnAnnotatedClassHoldItsOwnFallback() {
        GuardRunner.with(ClassWithFallback.class).run(context -> {
            forceOpen(context, "class-with-fallback-pay");
            assertThat(context.getBean(ClassWithFallback.class).pay("7")).isEqualTo("later 7");
            assertThat(context.getBean(ClassWithFallback.class).later("8")).isEqualTo("later 8");
            assertThat(breakers(context).find("class-with-fallback-later")).isEmpty();
        });
    }

    @Breaker(fallback = "later")
    static class ClassWithFallback {
        public String pay(String order) {
            return "paid " + order;
        }

        public String later(String order) {
            return "later " + order;
        }
    }

    @Test
    void guardsTheMethodsOfASubclassOfAnAnnotatedClass() {
        GuardRunner.with(Sub.class).run(context -> {
            context.getBean(Sub.class).one();
            assertThat(calls(context, "whole")).isEqualTo(1);
        });
    }

    static class Sub extends WholeClass {
        @Override
        public void one() {}
    }

    interface PaymentApi {
        @Breaker("api")
        String pay(String order);
    }

    static class PaymentService implements PaymentApi {
        @Override
        public String pay(String order) {
            return "paid " + order;
        }
    }

    @Test
    void guardsAMethodThatIsAnnotatedOnAnInterface() {
        GuardRunner.with(PaymentService.class).run(context -> {
            PaymentApi bean = context.getBean(PaymentApi.class);
            assertThat(bean.pay("7")).isEqualTo("paid 7");
            assertThat(AopUtils.isCglibProxy(bean)).isTrue();
            assertThat(calls(context, "api")).isEqualTo(1);
        });
    }

    @Test
    void guardsABeanBehindAnInterfaceBasedProxy() {
        GuardRunner.with(PaymentService.class)
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> {
                    PaymentApi bean = context.getBean(PaymentApi.class);
                    assertThat(bean.pay("7")).isEqualTo("paid 7");
                    assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();
                    assertThat(calls(context, "api")).isEqualTo(1);
                });
    }

    @Breaker("stock")
    interface StockApi {
        int count();
    }

    static class StockService implements StockApi {
        @Override
        public int count() {
            return 3;
        }

        public void refill() {}
    }

    @Test
    void guardsTheMethodsOfAnAnnotatedInterfaceAndNoOthersOfItsClass() {
        GuardRunner.with(StockService.class).run(context -> {
            StockService bean = context.getBean(StockService.class);
            bean.count();
            bean.refill();
            assertThat(calls(context, "stock")).isEqualTo(1);
        });
    }

    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @Breaker
    @Bulkhead("shared")
    @interface Remote {
        @AliasFor(annotation = Breaker.class, attribute = "name")
        String host();
    }

    static class Meta {
        @Remote(host = "bank")
        public void pay() {}
    }

    @Test
    void followsTheAliasesOfAMetaAnnotation() {
        GuardRunner.with(Meta.class).run(context -> {
            context.getBean(Meta.class).pay();
            assertThat(calls(context, "bank")).isEqualTo(1);
            assertThat(bulkheads(context).get("shared").snapshot().totals().permitted())
                    .isEqualTo(1);
        });
    }

    interface Repository<T> {
        T load(T id);
    }

    abstract static class Loader<T> implements Repository<T> {
        @Breaker("generic")
        public T again(T id) {
            return id;
        }
    }

    static class OrderLoader extends Loader<String> {
        @Override
        @Breaker("bridge")
        public String load(String id) {
            return "order " + id;
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void guardsAGenericMethodWhicheverWayItIsCalled() {
        GuardRunner.with(OrderLoader.class).run(context -> {
            OrderLoader bean = context.getBean(OrderLoader.class);
            assertThat(bean.load("1")).isEqualTo("order 1");
            assertThat(((Repository<String>) context.getBean(Repository.class)).load("2"))
                    .isEqualTo("order 2");
            assertThat(bean.again("3")).isEqualTo("3");
            assertThat(calls(context, "bridge")).isEqualTo(2);
            assertThat(calls(context, "generic")).isEqualTo(1);
        });
    }

    @Test
    void keepsTwoBeansApartThatInheritTheSameMethod() {
        GuardRunner.with(East.class, West.class).run(context -> {
            context.getBean(East.class).pay();
            context.getBean(East.class).pay();
            context.getBean(West.class).pay();
            assertThat(calls(context, "east-pay")).isEqualTo(2);
            assertThat(calls(context, "west-pay")).isEqualTo(1);
        });
    }

    static class Region {
        @Breaker
        public void pay() {}
    }

    static class East extends Region {}

    static class West extends Region {}

    @Configuration(proxyBeanMethods = false)
    static class TwoOfOneInterface {
        @Bean
        PaymentApi lambda() {
            return order -> "lambda " + order;
        }

        @Bean
        PaymentApi handWritten() {
            return (PaymentApi) Proxy.newProxyInstance(
                    PaymentApi.class.getClassLoader(),
                    new Class<?>[] {PaymentApi.class},
                    (proxy, method, arguments) -> "proxy " + arguments[0]);
        }
    }

    @Test
    void guardsBeansWithoutAClassOfTheirOwn() {
        GuardRunner.with(TwoOfOneInterface.class).run(context -> {
            assertThat(context.getBean("lambda", PaymentApi.class).pay("7")).isEqualTo("lambda 7");
            assertThat(context.getBean("handWritten", PaymentApi.class).pay("7"))
                    .isEqualTo("proxy 7");
            assertThat(calls(context, "api")).isEqualTo(2);
        });
    }

    @Test
    void leavesABeanWithoutAnnotationsAlone() {
        GuardRunner.with(Base.class)
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(Base.class)))
                        .isFalse());
    }

    @Test
    void advisesNothingWhereResilienceIsSwitchedOff() {
        GuardRunner.with(Both.class)
                .withPropertyValues("resilience.enabled=false")
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(Both.class)))
                        .isFalse());
    }

    @Test
    void givesBackEveryPermitWhateverTheMethodThrows() {
        GuardRunner.with(Throwing.class).run(context -> {
            assertThatThrownBy(() -> context.getBean(Throwing.class).pay()).isInstanceOf(StackOverflowError.class);
            assertThat(breakers(context).get("throwing").snapshot().concurrent())
                    .isZero();
            assertThat(GuardRunner.concurrent(context, "throwing")).isZero();
        });
    }

    static class Throwing {
        @Breaker("throwing")
        @Bulkhead("throwing")
        public void pay() {
            throw new StackOverflowError();
        }
    }

    @Test
    void throwsTheRejectionItselfThroughTheProxy() {
        GuardRunner.with(Both.class).run(context -> {
            forceOpen(context, "payments");
            assertThatThrownBy(() -> context.getBean(Both.class).pay())
                    .isExactlyInstanceOf(BreakerOpenException.class)
                    .hasNoCause();
        });
    }

    @Test
    void knowsTheNamesOfTheBeansBeforeTheirFirstCall() {
        GuardRunner.with(Both.class).run(context -> {
            assertThat(breakers(context).find("payments")).isPresent();
            assertThat(bulkheads(context).find("payments")).isPresent();
        });
    }

    @Lazy
    static class Late extends Both {}

    @Test
    void knowsTheNamesOfALazyBeanOnceItIsCreated() {
        GuardRunner.with(Late.class).run(context -> {
            assertThat(breakers(context).find("payments")).isEmpty();
            assertThat(context.getBean(Late.class)).isNotNull();
            assertThat(breakers(context).find("payments")).isPresent();
        });
    }

    static class Eager {
        Eager(Both client) {
            client.pay();
        }
    }

    @Test
    void guardsACallThatIsMadeWhileTheContextStarts() {
        GuardRunner.with(Both.class, Eager.class)
                .run(context -> assertThat(calls(context, "payments")).isEqualTo(1));
    }

    @Test
    void tellsWhichMethodsAGuardProtects() {
        GuardRunner.with(Both.class, Meta.class, PaymentService.class).run(context -> {
            GuardedMethods methods = context.getBean(GuardedMethods.class);
            assertThat(methods.of(GuardKind.BREAKER, "API")).containsExactly("PaymentService.pay(String)");
            assertThat(methods.of(GuardKind.BULKHEAD, "shared")).containsExactly("Meta.pay()");
            assertThat(methods.of(GuardKind.BULKHEAD, "api")).isEmpty();
            assertThat(methods.names(GuardKind.BREAKER)).containsExactly("api", "bank", "payments");
        });
    }

    @Test
    void sharesNothingBetweenTwoContexts() {
        ApplicationContextRunner runner = GuardRunner.with(Both.class);
        runner.run(first -> runner.run(second -> {
            first.getBean(Both.class).pay();
            assertThat(calls(first, "payments")).isEqualTo(1);
            assertThat(calls(second, "payments")).isZero();
        }));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwiceABean {
        @Bean
        Both client() {
            return new Both();
        }

        @Bean
        Both sameClient(@Qualifier("client") Both client) {
            return client;
        }

        @Bean
        ProxyFactoryBean aroundTheClient(@Qualifier("client") Both client) {
            ProxyFactoryBean factory = new ProxyFactoryBean();
            factory.setTarget(client);
            factory.setProxyTargetClass(true);
            return factory;
        }
    }

    @Test
    void guardsABeanOnceThatIsABeanTwice() {
        GuardRunner.with(TwiceABean.class).run(context -> {
            context.getBean("sameClient", Both.class).pay();
            assertThat(calls(context, "payments")).isEqualTo(1);
        });
    }

    @Test
    void guardsACallOnceThatPassesTwoProxies() {
        GuardRunner.with(TwiceABean.class).run(context -> {
            context.getBean("aroundTheClient", Both.class).pay();
            assertThat(calls(context, "payments")).isEqualTo(1);
        });
    }
}
