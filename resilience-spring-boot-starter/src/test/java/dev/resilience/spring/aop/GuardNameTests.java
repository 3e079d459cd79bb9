package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;

class GuardNameTests {

    @ParameterizedTest
    @CsvSource({
        "PaymentClient, payment-client-pay",
        "HTTPClient, http-client-pay",
        "PaymentV2, payment-v2-pay",
        "Snake_Case, snake_case-pay"
    })
    void namesAGuardAfterClassAndMethodInKebabCase(String className, String expected) throws Exception {
        Class<?> type = Class.forName(GuardNameTests.class.getName() + "$" + className);
        assertThat(GuardNames.defaultName(new GuardedMethod(type, type.getDeclaredMethod("pay"))))
                .isEqualTo(expected);
    }

    static class PaymentClient {
        @Breaker
        void pay() {}
    }

    static class HTTPClient {
        void pay() {}
    }

    static class PaymentV2 {
        void pay() {}
    }

    static class Snake_Case {
        void pay() {}
    }

    static class Placeholder {
        @Breaker("${shop.bank}")
        void pay() {}

        @Breaker("${shop.unset:}")
        void refund() {}
    }

    private static List<String> breakers(ApplicationContext context) {
        return context.getBean(GuardedMethods.class).names(GuardKind.BREAKER);
    }

    @Test
    void resolvesPlaceholders() {
        GuardRunner.with(Placeholder.class)
                .withPropertyValues("shop.bank=first-bank")
                .run(context -> assertThat(breakers(context)).contains("first-bank"));
    }

    @Test
    void takesTheDefaultNameWhereAPlaceholderIsEmpty() {
        GuardRunner.with(Placeholder.class)
                .withPropertyValues("shop.bank=first-bank")
                .run(context -> assertThat(breakers(context)).contains("placeholder-refund"));
    }

    @Test
    void failsTheStartForAPlaceholderThatCannotBeResolved() {
        assertFailure(
                GuardRunner.with(Placeholder.class),
                "The name of @Breaker(\"${shop.bank}\") on " + Placeholder.class.getName()
                        + ".pay() cannot be resolved: Could not resolve placeholder 'shop.bank' in value \"${shop.bank}\".",
                "Set the property, or give the placeholder a default, as in ${payments.guard:payments}.");
    }

    static class Dotted {
        @Bulkhead("payments.eu")
        void pay() {}
    }

    @Test
    void failsTheStartForAnInvalidName() {
        assertFailure(
                GuardRunner.with(Dotted.class),
                "@Bulkhead(\"payments.eu\") on " + Dotted.class.getName()
                        + ".pay() has no valid name: 'payments.eu' must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}.",
                "Give the annotation a name that does.");
    }

    static class Spaced {
        @Breaker(" payments")
        void pay() {}
    }

    @Test
    void trimsNoName() {
        assertFailure(
                GuardRunner.with(Spaced.class),
                "@Breaker(\" payments\") on " + Spaced.class.getName()
                        + ".pay() has no valid name: ' payments' must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}.",
                "Give the annotation a name that does.");
    }

    static class OneSpelling {
        @Breaker("order-history")
        void load() {}
    }

    static class OtherSpelling {
        @Breaker("orderHistory")
        void load() {}

        @Bulkhead("orderhistory")
        void count() {}
    }

    @Test
    void failsTheStartForTwoSpellingsOfOneName() {
        assertFailure(
                GuardRunner.with(OneSpelling.class, OtherSpelling.class),
                "Two breakers have names that differ only in their spelling: 'order-history' on "
                        + OneSpelling.class.getName() + ".load() and 'orderHistory' on " + OtherSpelling.class.getName()
                        + ".load().",
                "Spell the name the same in both places, or choose names that differ in letters or digits.");
    }

    @Test
    void asksEveryPolicyAboutEveryName() {
        NamePolicy refusing = (kind, name, place) -> {
            throw new InvalidGuardException(kind + " " + name + " on " + place, "");
        };
        GuardRunner.with(OneSpelling.class)
                .withBean(NamePolicy.class, () -> refusing)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageStartingWith("BREAKER order-history on " + OneSpelling.class.getName() + ".load()"));
    }
}
