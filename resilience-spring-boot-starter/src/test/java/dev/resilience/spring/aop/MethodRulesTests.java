package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@SuppressWarnings("unused") // what is called by its name only
class MethodRulesTests {

    static class Private {
        @Breaker("n")
        private void pay() {}
    }

    @Test
    void failsTheStartForAPrivateMethod() {
        assertFailure(
                GuardRunner.with(Private.class),
                "@Breaker(\"n\") on " + Private.class.getName()
                        + ".pay() guards nothing: the method is private, and no proxy sees its calls.",
                "Make the method public.");
    }

    static class Static {
        @Bulkhead("n")
        static void pay() {}
    }

    @Test
    void failsTheStartForAStaticMethod() {
        assertFailure(
                GuardRunner.with(Static.class),
                "@Bulkhead(\"n\") on " + Static.class.getName()
                        + ".pay() guards nothing: the method is static, and no proxy sees its calls.",
                "Make it a method of the bean.");
    }

    static class Final {
        @Breaker("n")
        public final void pay() {}
    }

    @Test
    void failsTheStartForAFinalMethod() {
        assertFailure(
                GuardRunner.with(Final.class),
                "@Breaker(\"n\") on " + Final.class.getName()
                        + ".pay() guards nothing: the method is final, and no proxy sees its calls.",
                "Remove 'final' from the method.");
    }

    interface Payable {
        void pay();
    }

    static final class FinalClass implements Payable {
        @Override
        @Breaker("n")
        public void pay() {}
    }

    @Test
    void failsTheStartForAFinalClass() {
        assertFailure(
                GuardRunner.with(FinalClass.class),
                FinalClass.class.getName() + " has annotated methods, but it is final, and a guard needs a subclass.",
                "Remove 'final' from the class, or call it by an interface and set spring.aop.proxy-target-class=false.");
    }

    @Test
    void guardsAFinalClassBehindAnInterface() {
        GuardRunner.with(FinalClass.class)
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> {
                    context.getBean(Payable.class).pay();
                    assertThat(GuardRunner.calls(context, "n")).isEqualTo(1);
                });
    }

    static class Framework {
        public final void inherited() {}
    }

    @Breaker("n")
    static class AnnotatedClass extends Framework {
        public void pay() {}

        public static void helper() {}

        private void internal() {}
    }

    @Test
    void leavesOutWhatAnAnnotatedClassCannotHelp() {
        GuardRunner.with(AnnotatedClass.class)
                .run(context -> assertThat(context.getBean(GuardedMethods.class).of(GuardKind.BREAKER, "n"))
                        .containsExactly("AnnotatedClass.pay()"));
    }

    @Breaker("n")
    static class AnnotatedClassWithFinalMethod {
        public final void pay() {}
    }

    @Test
    void failsTheStartForAFinalMethodOfAnAnnotatedClass() {
        assertFailure(
                GuardRunner.with(AnnotatedClassWithFinalMethod.class),
                "@Breaker(\"n\") on " + AnnotatedClassWithFinalMethod.class.getName()
                        + ".pay() guards nothing: the method is final, and no proxy sees its calls.",
                "Remove 'final' from the method.");
    }

    interface Async {
        Future<String> future();

        CompletableFuture<String> stage();

        Mono<String> mono();

        Flux<String> flux();

        Publisher<String> publisher();

        Flow.Publisher<String> flow();

        String plain();
    }

    @ParameterizedTest
    @ValueSource(strings = {"future", "stage", "mono", "flux", "publisher", "flow"})
    void takesAReturnTypeForAsynchronous(String method) throws Exception {
        assertThat(MethodRules.isAsynchronous(Async.class.getMethod(method))).isTrue();
    }

    @Test
    void takesAPlainReturnTypeForSynchronous() throws Exception {
        assertThat(MethodRules.isAsynchronous(Async.class.getMethod("plain"))).isFalse();
    }

    @Test
    void takesASuspendingFunctionForAsynchronous() throws Exception {
        Class<?> continuation = made(new ByteBuddy().makeInterface().name("kotlin.coroutines.Continuation"), null);
        Class<?> client = made(
                new ByteBuddy()
                        .makeInterface()
                        .defineMethod("pay", Object.class, Visibility.PUBLIC)
                        .withParameters(String.class, continuation)
                        .withoutCode(),
                continuation.getClassLoader());
        assertThat(MethodRules.isAsynchronous(client.getMethods()[0])).isTrue();
    }

    private static Class<?> made(DynamicType.Builder<?> type, ClassLoader parent) {
        return type.make()
                .load(parent == null ? MethodRulesTests.class.getClassLoader() : parent)
                .getLoaded();
    }

    static class Reactive {
        @Breaker("n")
        public Mono<String> pay() {
            return Mono.empty();
        }
    }

    @Test
    void failsTheStartForAnAsynchronousMethod() {
        assertFailure(
                GuardRunner.with(Reactive.class),
                "@Breaker(\"n\") on " + Reactive.class.getName()
                        + ".pay(): asynchronous return types are not supported yet, and a guard around a method that only starts"
                        + " the call would see nothing of it.",
                "Guard a method that returns the plain value.");
    }
}
