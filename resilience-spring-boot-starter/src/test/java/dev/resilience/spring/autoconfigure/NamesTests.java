package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.context.ApplicationContext;

/** Entries whose names are the same in canonical form, wherever they are written. */
class NamesTests {

    private static List<String> names(ApplicationContext context) {
        return context.getBean(BreakerRegistry.class).families().stream()
                .map(BreakerFamily::name)
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "payments, RESILIENCE_BREAKERS_PAYMENTS_FAILURERATE",
        "payments, RESILIENCE_BREAKERS_PAYMENTS_FAILURE_RATE",
        "payments, resilience_breakers_payments_failurerate",
        "payments, resilience.breakers.payments.failure-rate",
        "Payments, RESILIENCE_BREAKERS_PAYMENTS_FAILURERATE",
        "order-history, RESILIENCE_BREAKERS_ORDERHISTORY_FAILURERATE",
        "order-history, RESILIENCE_BREAKERS_ORDER_HISTORY_FAILURERATE",
        "order-history, RESILIENCE_BREAKERS_ORDER_HISTORY_FAILURE_RATE",
        "order_history, RESILIENCE_BREAKERS_ORDERHISTORY_FAILURERATE",
        "order_history, RESILIENCE_BREAKERS_ORDER_HISTORY_FAILURE_RATE",
        "'[order_history]', RESILIENCE_BREAKERS_ORDER_HISTORY_FAILURE_RATE",
        "orderHistory, RESILIENCE_BREAKERS_ORDERHISTORY_FAILURERATE",
        "pay-2, RESILIENCE_BREAKERS_PAY2_FAILURERATE",
        "pay-2, RESILIENCE_BREAKERS_PAY_2_FAILURERATE",
        "2, RESILIENCE_BREAKERS_2_FAILURERATE",
    })
    void makesOneEntryOfAFileAndAVariable(String inFile, String variable) {
        String yaml =
                "resilience:\n  breakers:\n    \"" + inFile + "\":\n      failure-rate: 10\n      minimum-calls: 3\n";
        String name = inFile.replaceAll("[\\[\\]]", "");
        Configured.variables(Configured.by(yaml), variable + "=77").run(context -> {
            assertThat(names(context)).containsExactly(name);
            assertThat(Configured.breaker(context, name).trip().failureRate()).isEqualTo(77);
            assertThat(Configured.breaker(context, name).trip().minimumCalls()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "RESILIENCE_DEFAULTS_BREAKER_FAILURERATE, payments",
        "RESILIENCE_DEFAULTS_BREAKER_FAILURE_RATE, payments",
        "RESILIENCE_BREAKERS_PAYMENTS_FAILURERATE, payments",
        "RESILIENCE_BREAKERS_ORDERHISTORY_FAILURERATE, order-history",
        "RESILIENCE_BREAKERS_ORDER_HISTORY_FAILURERATE, order_history",
        "RESILIENCE_BREAKERS_ORDER_HISTORY_FAILURE_RATE, orderHistory",
    })
    void needsNoFileForAVariable(String variable, String name) {
        Configured.byVariables(variable + "=77")
                .run(context -> assertThat(
                                Configured.breaker(context, name).trip().failureRate())
                        .isEqualTo(77));
    }

    @Test
    void bindsNestedKeysAndListsOfVariables() {
        Configured.byVariables(
                        "RESILIENCE_BREAKERS_PAYMENTS_HALFOPEN_PROBES=9",
                        "RESILIENCE_BREAKERS_PAYMENTS_OPEN_MAX_DURATION=9m",
                        "RESILIENCE_BREAKERS_PAYMENTS_EXCEPTIONS_IGNORE_0=java.io.IOException",
                        "RESILIENCE_BREAKERS_PAYMENTS_EXCEPTIONS_IGNORE_1=java.lang.IllegalStateException",
                        "RESILIENCE_BREAKERS_PAYMENTS_EXCEPTIONS_RECORD=java.lang.Error,java.lang.RuntimeException")
                .run(context -> {
                    assertThat(Configured.breaker(context, "payments")
                                    .halfOpen()
                                    .probes())
                            .isEqualTo(9);
                    assertThat(Configured.breaker(context, "payments").open().maxDuration())
                            .hasMinutes(9);
                    assertThat(Configured.breaker(context, "payments")
                                    .exceptions()
                                    .ignore())
                            .hasSize(2);
                    assertThat(Configured.breaker(context, "payments")
                                    .exceptions()
                                    .record())
                            .hasSize(2);
                });
    }

    @Test
    void makesOneEntryOfSpellingsInOneFileAndSpellsItAsTheFirst() {
        Configured.by("""
                        resilience.breakers:
                          order-history.failure-rate: 10
                          orderHistory.minimum-calls: 3
                        """).run(context -> {
            assertThat(names(context)).containsExactly("order-history");
            assertThat(Configured.breaker(context, "ORDER_HISTORY").trip().failureRate())
                    .isEqualTo(10);
            assertThat(Configured.breaker(context, "ORDER_HISTORY").trip().minimumCalls())
                    .isEqualTo(3);
        });
    }

    @Test
    void makesConfiguredGuardsBeforeAFirstCall() {
        Configured.by("""
                        resilience:
                          breakers:
                            payments.failure-rate: 10
                            stock: ~
                            empty:
                        """).run(context -> assertThat(names(context)).containsExactly("empty", "payments", "stock"));
    }

    @Test
    void spellsAConfiguredNameAsTheAnnotationDoes() {
        Configured.by("resilience: {breakers.orderHistory.failure-rate: 10, bulkheads.ORDERHISTORY.max-concurrent: 3}")
                .withConfiguration(AutoConfigurations.of(GuardAopAutoConfiguration.class))
                .withBean(History.class)
                .run(context -> {
                    assertThat(names(context)).containsExactly("order-history");
                    assertThat(Configured.breaker(context, "order-history")
                                    .trip()
                                    .failureRate())
                            .isEqualTo(10);
                    assertThat(context.getBean(BulkheadRegistry.class).families())
                            .extracting(family -> family.name().text())
                            .containsExactly("order-history");
                });
    }

    static class History {

        @Breaker("order-history")
        @Bulkhead("order-history")
        public void read() {}
    }

    @Test
    void hasNoEntryWhereTheGroupIsEmpty() {
        Configured.by("resilience:\n  breakers: {}\n  bulkheads:\n  defaults: {breaker: {open: {}}}\n")
                .run(context -> assertThat(names(context)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'[pay.ments]'", "pay ments", "-payments", "päyments", "pay$ments"})
    void refusesAnEntryThatNoAnnotationCanName(String name) {
        String yaml = "resilience:\n  breakers:\n    " + name + ":\n      failure-rate: 10\n";
        assertThat(Configured.description(Configured.by(yaml)))
                .contains("Origin: Byte array resource [application.yml] - 4:21")
                .contains("Reason: the name of an entry must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    }

    @Test
    void refusesANameWithoutEnd() {
        assertThat(Configured.description(Configured.BY_NOTHING.withPropertyValues(
                        "resilience.breakers." + "a".repeat(10_000) + ".mode=off")))
                .contains("Reason: the name of an entry must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}")
                .hasSizeLessThan(600);
    }
}
