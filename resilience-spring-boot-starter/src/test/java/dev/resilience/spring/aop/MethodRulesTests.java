package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

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

    static class Promised {
        @Breaker("n")
        public FutureTask<String> pay() {
            return new FutureTask<>(() -> "paid");
        }
    }

    @Test
    void failsTheStartForAFutureThatNothingElseCanStandFor() {
        assertFailure(
                GuardRunner.with(Promised.class),
                "@Breaker(\"n\") on " + Promised.class.getName()
                        + ".pay(): nothing can be returned in the place of a java.util.concurrent.FutureTask, so that its end cannot be"
                        + " guarded.",
                "Return a CompletableFuture or a CompletionStage.");
    }

    static class Connected {
        @Breaker("n")
        public ConnectableFlux<String> pay() {
            return Flux.just("paid").publish();
        }
    }

    @Test
    void failsTheStartForAPublisherThatNothingElseCanStandFor() {
        assertFailure(
                GuardRunner.with(Connected.class),
                "@Breaker(\"n\") on " + Connected.class.getName()
                        + ".pay(): nothing can be returned in the place of a reactor.core.publisher.ConnectableFlux, so that its end"
                        + " cannot be guarded.",
                "Return the type that it is one of: a Mono, a Flux, or the like of another library.");
    }

    static class Later {
        @Breaker("n")
        @Bulkhead("threads")
        public Future<String> pay() {
            return CompletableFuture.completedFuture("paid");
        }
    }

    @Test
    void failsTheStartForAFutureWithoutThreadsThatCouldWaitForIt() {
        assertFailure(
                GuardRunner.with(Later.class),
                Later.class.getName()
                        + ".pay() returns a Future, which does not tell when it is complete, and has no bulkhead with threads of its own"
                        + " that could wait for it.",
                "Return a CompletionStage or a CompletableFuture, or set the executor of its bulkhead to virtual or platform.");
    }

    @Test
    void guardsAFutureWithThreadsOfTheBulkheadsOwn() {
        GuardRunner.with(Later.class)
                .withPropertyValues("resilience.bulkheads.threads.executor=platform")
                .run(context ->
                        assertThat(context.getBean(Later.class).pay().get()).isEqualTo("paid"));
    }

    static class Plain {
        @Bulkhead("threads")
        public String pay() {
            return "paid";
        }
    }

    @Test
    void failsTheStartForAPlainValueOnThreadsOfTheBulkheadsOwn() {
        assertFailure(
                GuardRunner.with(Plain.class).withPropertyValues("resilience.bulkheads.threads.executor=platform"),
                "Bulkhead 'threads' makes calls on threads of its own, but " + Plain.class.getName()
                        + ".pay() returns String, for which its caller would have to wait.",
                "Return a Future, a CompletionStage or a CompletableFuture, or set resilience.bulkheads.threads.executor to caller.");
    }
}
