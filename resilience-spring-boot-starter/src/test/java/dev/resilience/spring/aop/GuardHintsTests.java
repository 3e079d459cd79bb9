package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import dev.resilience.spring.annotation.Breaker;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.javapoet.ClassName;

@SuppressWarnings("unused") // what is called by its name only
class GuardHintsTests {

    record Order(String region) {}

    static class Client {
        @Breaker(name = "client", key = "#order.region()", fallback = "cached")
        public String pay(Order order) {
            return "paid";
        }

        private String cached(Order order, Throwable thrown) {
            return "cached";
        }

        private String other(Order order) {
            return "other";
        }
    }

    private static BeanRegistrationAotContribution contribution(Class<?> beanClass) {
        DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
        beanFactory.registerBeanDefinition("bean", new RootBeanDefinition(beanClass));
        return new GuardHints().processAheadOfTime(RegisteredBean.of(beanFactory, "bean"));
    }

    private static RuntimeHints hints(Class<?> beanClass) {
        GenerationContext context = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(beanClass)), new InMemoryGeneratedFiles());
        contribution(beanClass).applyTo(context, mock(BeanRegistrationCode.class));
        return context.getRuntimeHints();
    }

    @Test
    void letsANativeImageCallTheFallback() {
        assertThat(reflection().onMethodInvocation(Client.class, "cached")).accepts(hints(Client.class));
        assertThat(reflection().onMethodInvocation(Client.class, "other")).rejects(hints(Client.class));
    }

    @Test
    void letsANativeImageFindTheAnnotatedMethod() {
        assertThat(reflection().onMethodInvocation(Client.class, "pay")).accepts(hints(Client.class));
    }

    @Test
    void letsANativeImageEvaluateAKeyOverTheArguments() {
        assertThat(reflection().onType(Order.class).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints(Client.class));
    }

    @Test
    void hasNothingToSayOfABeanWithoutAnnotations() {
        assertThat(contribution(Order.class)).isNull();
    }

    @Test
    void isFoundByTheProcessingAheadOfTime() {
        assertThat(AotServices.factories().load(BeanRegistrationAotProcessor.class))
                .anyMatch(GuardHints.class::isInstance);
    }
}
