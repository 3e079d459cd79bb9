package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static dev.resilience.spring.aop.GuardRunner.bulkheads;
import static dev.resilience.spring.aop.GuardRunner.forceOpen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.ExceptionRules;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

@SuppressWarnings("unused") // what is called by its name only
class FallbackTests {

    static class Client {

        @Breaker(name = "client", fallback = "cached")
        public Number load(String id, Exception failure) throws Exception {
            throw failure;
        }

        private Integer cached(String id, Exception ignored) {
            return 1;
        }

        private Integer cached(String id, Exception ignored, IOException thrown) {
            return 2;
        }

        private Integer cached(String id, Exception ignored, RuntimeException thrown) {
            return 3;
        }

        private Integer cached(String id, Exception ignored, IllegalStateException thrown) {
            return 4;
        }

        private Integer cached(String id, Exception ignored, BreakerOpenException thrown) {
            return 5;
        }
    }

    private static Number load(ApplicationContext context, Exception failure) throws Exception {
        return context.getBean(Client.class).load("7", failure);
    }

    @Test
    void takesTheOverloadWithTheClosestTypeOfException() {
        GuardRunner.with(Client.class).run(context -> {
            assertThat(load(context, new IOException())).isEqualTo(2);
            assertThat(load(context, new IllegalArgumentException())).isEqualTo(3);
            assertThat(load(context, new IllegalStateException())).isEqualTo(4);
        });
    }

    @Test
    void takesTheOverloadWithoutAnExceptionWhereNoOtherFits() {
        GuardRunner.with(Client.class)
                .run(context -> assertThat(load(context, new ReflectiveOperationException()))
                        .isEqualTo(1));
    }

    @Test
    void runsForARejection() {
        GuardRunner.with(Client.class).run(context -> {
            forceOpen(context, "client");
            assertThat(load(context, new IOException())).isEqualTo(5);
        });
    }

    @Test
    void choosesTheOverloadByWhatACarrierCarries() {
        GuardRunner.with(Client.class)
                .run(context -> assertThat(load(context, new CompletionException(new IOException())))
                        .isEqualTo(2));
    }

    @Test
    void neverRunsForACallThatItsCallerGaveUp() {
        GuardRunner.with(Client.class)
                .run(context -> assertThatThrownBy(() -> load(context, new CancellationException("gone")))
                        .isExactlyInstanceOf(CancellationException.class)
                        .hasMessage("gone"));
    }

    static class OnlySome {
        @Breaker(name = "some", fallback = "cached")
        public String load(RuntimeException failure) {
            throw failure;
        }

        private String cached(RuntimeException ignored, IllegalStateException thrown) {
            return "cached";
        }
    }

    @Test
    void letsAnExceptionGoOnThatNoOverloadTakes() {
        GuardRunner.with(OnlySome.class).run(context -> {
            IllegalArgumentException failure = new IllegalArgumentException();
            assertThatThrownBy(() -> context.getBean(OnlySome.class).load(failure))
                    .isSameAs(failure);
        });
    }

    static class Answers {
        @Breaker(name = "answers", fallback = "broad")
        public String ofAnyKind(RuntimeException failure) {
            throw failure;
        }

        private String broad(RuntimeException ignored) {
            return "plain";
        }

        private String broad(RuntimeException ignored, RuntimeException thrown) {
            return "broad";
        }

        @Breaker(name = "answers", fallback = "exact")
        public String ofOneKind(RuntimeException failure) {
            throw failure;
        }

        private String exact(RuntimeException ignored, IllegalArgumentException thrown) {
            return "exact";
        }
    }

    private static final ApplicationContextRunner IGNORING = GuardRunner.with(Answers.class)
            .withBean(BreakerRegistry.class, () -> registryThatIgnores(IllegalArgumentException.class));

    @Test
    void letsAnIgnoredExceptionGoOnWhereTheFallbackTakesAnyKind() {
        IGNORING.run(context -> {
            IllegalArgumentException ignored = new IllegalArgumentException();
            assertThatThrownBy(() -> context.getBean(Answers.class).ofAnyKind(ignored))
                    .isSameAs(ignored);
            assertThat(context.getBean(Answers.class).ofAnyKind(new IllegalStateException()))
                    .isEqualTo("broad");
        });
    }

    @Test
    void givesAnIgnoredExceptionToAFallbackThatAsksForItsKind() {
        IGNORING.run(context -> assertThat(context.getBean(Answers.class).ofOneKind(new NumberFormatException()))
                .isEqualTo("exact"));
    }

    @Test
    void letsAnExceptionThatCountsAsASuccessGoOnUnlessTheFallbackAsksForItsKind() {
        ExceptionRules onlyIo = new ExceptionRules(List.of(IOException.class), List.of());
        GuardRunner.with(Answers.class)
                .withBean(
                        BreakerRegistry.class, () -> new BreakerRegistry(BreakerConfig.DEFAULTS.withExceptions(onlyIo)))
                .run(context -> {
                    IllegalArgumentException answer = new IllegalArgumentException();
                    assertThatThrownBy(() -> context.getBean(Answers.class).ofAnyKind(answer))
                            .isSameAs(answer);
                    assertThat(context.getBean(Answers.class).ofOneKind(answer)).isEqualTo("exact");
                });
    }

    static class Two {
        @Breaker(name = "two", fallback = "ofBreaker")
        @Bulkhead(name = "two", fallback = "ofBulkhead")
        public String load(RuntimeException failure) {
            throw failure;
        }

        private String ofBreaker(RuntimeException ignored, Throwable thrown) {
            return "breaker: " + thrown.getClass().getSimpleName();
        }

        private String ofBulkhead(RuntimeException ignored, Throwable thrown) {
            return "bulkhead: " + thrown.getClass().getSimpleName();
        }
    }

    @Test
    void takesTheBulkheadsFallbackForTheBulkheadsRejectionsOnly() {
        GuardRunner.with(Two.class).run(context -> {
            Two bean = context.getBean(Two.class);
            assertThat(bean.load(new IllegalStateException())).isEqualTo("breaker: IllegalStateException");
            fill(context, "two");
            assertThat(bean.load(new IllegalStateException())).isEqualTo("bulkhead: BulkheadFullException");
            forceOpen(context, "two");
            assertThat(bean.load(new IllegalStateException())).isEqualTo("breaker: BreakerOpenException");
        });
    }

    static class BulkheadOnly {
        @Breaker("bulkhead-only")
        @Bulkhead(name = "bulkhead-only", fallback = "cached")
        public String load(RuntimeException failure) {
            throw failure;
        }

        private String cached(RuntimeException ignored, Throwable thrown) {
            return thrown.getClass().getSimpleName();
        }
    }

    @Test
    void takesASingleFallbackForEverything() {
        GuardRunner.with(BulkheadOnly.class).run(context -> {
            BulkheadOnly bean = context.getBean(BulkheadOnly.class);
            assertThat(bean.load(new IllegalStateException())).isEqualTo("IllegalStateException");
            fill(context, "bulkhead-only");
            assertThat(bean.load(new IllegalStateException())).isEqualTo("BulkheadFullException");
            forceOpen(context, "bulkhead-only");
            assertThat(bean.load(new IllegalStateException())).isEqualTo("BreakerOpenException");
        });
    }

    static class FurtherIn {
        @Breaker(name = "outer", fallback = "ofBreaker")
        @Bulkhead(name = "outer", fallback = "ofBulkhead")
        public String load(RuntimeException failure) {
            throw failure;
        }

        private String ofBreaker(RuntimeException ignored) {
            return "breaker";
        }

        private String ofBulkhead(RuntimeException ignored) {
            return "bulkhead";
        }
    }

    @Test
    void takesTheRejectionOfAGuardFurtherInForAnExceptionLikeAnyOther() {
        GuardRunner.with(Two.class, FurtherIn.class).run(context -> {
            fill(context, "inner");
            RuntimeException full = rejectionOf(context, "inner");
            assertThat(full).isInstanceOf(BulkheadFullException.class);
            assertThat(context.getBean(FurtherIn.class).load(full)).isEqualTo("breaker");
        });
    }

    static class Failing {
        @Breaker(name = "failing", fallback = "cached")
        public String load(RuntimeException failure) {
            throw failure;
        }

        private String cached(RuntimeException failure, RuntimeException thrown) {
            throw new UncheckedIOException(new IOException("no cache"));
        }

        private String cached(RuntimeException failure, IllegalStateException thrown) {
            throw thrown;
        }
    }

    @Test
    void throwsWhatTheFallbackThrowsWithTheFirstExceptionSuppressed() {
        GuardRunner.with(Failing.class).run(context -> {
            IllegalArgumentException first = new IllegalArgumentException();
            assertThatThrownBy(() -> context.getBean(Failing.class).load(first))
                    .isExactlyInstanceOf(UncheckedIOException.class)
                    .hasSuppressedException(first);
        });
    }

    @Test
    void suppressesNothingWhereTheFallbackThrowsTheFirstExceptionAgain() {
        GuardRunner.with(Failing.class).run(context -> {
            IllegalStateException first = new IllegalStateException();
            assertThatThrownBy(() -> context.getBean(Failing.class).load(first))
                    .isSameAs(first)
                    .hasNoSuppressedExceptions();
        });
    }

    abstract static class Generic<T> {
        @Breaker(name = "generic", fallback = "cached")
        public T load(T id) {
            throw new IllegalStateException();
        }

        protected abstract T cached(T id);
    }

    static class OfStrings extends Generic<String> {
        @Override
        protected String cached(String id) {
            return "cached " + id;
        }
    }

    @Test
    void findsTheFallbackOfAGenericMethodInTheBeansClass() {
        GuardRunner.with(OfStrings.class)
                .run(context ->
                        assertThat(context.getBean(OfStrings.class).load("7")).isEqualTo("cached 7"));
    }

    static class Shapes {
        @Breaker(name = "shapes", fallback = "fixed")
        public int primitive(int a, String... rest) {
            throw new IllegalStateException();
        }

        private static int fixed(int a, String... rest) {
            return a + rest.length;
        }

        @Breaker(name = "shapes", fallback = "nothing")
        public void nothing(List<String> heard) {
            throw new IllegalStateException();
        }

        private void nothing(List<String> heard, Throwable thrown) {
            heard.add("fallback");
        }
    }

    @Test
    void callsAStaticFallbackWithPrimitivesAndVariableArguments() {
        GuardRunner.with(Shapes.class)
                .run(context -> assertThat(context.getBean(Shapes.class).primitive(40, "a", "b"))
                        .isEqualTo(42));
    }

    @Test
    void takesAnOverloadOfTheMethodItselfForItsFallback() {
        GuardRunner.with(Shapes.class).run(context -> {
            List<String> heard = new ArrayList<>();
            context.getBean(Shapes.class).nothing(heard);
            assertThat(heard).containsExactly("fallback");
        });
    }

    static class Missing {
        @Breaker(name = "missing", fallback = "cachd")
        public String load(String id) {
            return id;
        }

        private String cached(String id) {
            return id;
        }

        private int count(String id) {
            return 1;
        }
    }

    @Test
    void failsTheStartWhereTheFallbackDoesNotExist() {
        assertFailure(
                GuardRunner.with(Missing.class),
                "The fallback 'cachd' of @Breaker(\"missing\") on " + Missing.class.getName()
                        + ".load(String) does not exist. Methods that would fit: cached(String).",
                "Declare 'String cachd(String)' in " + Missing.class.getName()
                        + ", optionally with a Throwable as one more parameter.");
    }

    static class Unfit {
        @Bulkhead(name = "unfit", fallback = "cached")
        public String load(String id) {
            return id;
        }

        private String cached(int id) {
            return "";
        }

        private Object cached(String id) {
            return id;
        }

        private String cached(String id, String thrown) {
            return id;
        }
    }

    @Test
    void failsTheStartWhereNoOverloadFitsAndSaysWhatDiffers() {
        GuardRunner.with(Unfit.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(
                                InvalidGuardException.class,
                                failure -> assertThat(failure.description().lines())
                                        .containsExactlyInAnyOrder(
                                                "The fallback 'cached' of @Bulkhead(\"unfit\") on "
                                                        + Unfit.class.getName() + ".load(String) does not fit:",
                                                "    cached(int) takes (int), not (String)",
                                                "    cached(String) returns Object, not String",
                                                "    cached(String, String) takes (String, String), not (String)")));
    }

    static class Itself {
        @Breaker(name = "itself", fallback = "load")
        public String load(String id) {
            return id;
        }
    }

    @Test
    void failsTheStartWhereAMethodIsItsOwnFallback() {
        assertFailure(
                GuardRunner.with(Itself.class),
                "The fallback 'load' of @Breaker(\"itself\") on " + Itself.class.getName()
                        + ".load(String) does not fit:" + System.lineSeparator()
                        + "    load(String) is the guarded method itself",
                "Declare 'String load(String)' in " + Itself.class.getName()
                        + ", optionally with a Throwable as one more parameter.");
    }

    private static BreakerRegistry registryThatIgnores(Class<? extends Throwable> ignored) {
        return new BreakerRegistry(
                BreakerConfig.DEFAULTS.withExceptions(new ExceptionRules(List.of(), List.of(ignored))));
    }

    private static void fill(ApplicationContext context, String name) {
        var bulkhead = bulkheads(context).family(Name.of(name)).plain();
        while (bulkhead.tryAcquire() != null) {
            // until it is full
        }
    }

    private static RuntimeException rejectionOf(ApplicationContext context, String name) {
        try {
            bulkheads(context).get(name).call(() -> null);
            throw new AssertionError("not full");
        } catch (RuntimeException rejection) {
            return rejection;
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }
}
