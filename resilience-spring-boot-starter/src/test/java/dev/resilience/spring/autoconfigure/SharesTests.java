package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The shares of a bulkhead, whose keys end in whatever the application calls its classes of callers. */
class SharesTests {

    private static Map<String, Integer> shares(ApplicationContext context) {
        return Configured.bulkhead(context, "payments").shares();
    }

    @Test
    void bindsShares() {
        Configured.by("""
                        resilience:
                          bulkheads:
                            payments:
                              shares:
                                customer: 60
                                batch: 20
                        """)
                .run(context -> assertThat(shares(context))
                        .containsExactlyInAnyOrderEntriesOf(Map.of("customer", 60, "batch", 20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gold-customer", "goldCustomer", "GOLD_CUSTOMER", "[gold_customer]", "2", "criticality"})
    void spellsACriticalityAsTheFileDoes(String written) {
        Configured.by("resilience:\n  bulkheads:\n    payments:\n      shares:\n        \"" + written + "\": 60\n")
                .run(context -> assertThat(shares(context)).isEqualTo(Map.of(written.replaceAll("[\\[\\]]", ""), 60)));
    }

    @Test
    void laysAnEntryOverItsTemplateAndTheDefaultsCriticalityByCriticality() {
        Configured.by("""
                        resilience:
                          defaults.bulkhead.shares:
                            customer: 10
                            gold-customer: 20
                          bulkheads:
                            other.shares.batch: 5
                            payments:
                              template: other
                              shares.goldCustomer: 30
                        """)
                .run(context ->
                        assertThat(shares(context)).isEqualTo(Map.of("customer", 10, "gold-customer", 30, "batch", 5)));
    }

    @ParameterizedTest
    @CsvSource({
        "RESILIENCE_BULKHEADS_PAYMENTS_SHARES_CUSTOMER, customer",
        "RESILIENCE_DEFAULTS_BULKHEAD_SHARES_CUSTOMER, customer",
        "RESILIENCE_BULKHEADS_PAYMENTS_SHARES_GOLD_CUSTOMER, goldcustomer",
        "RESILIENCE_BULKHEADS_PAYMENTS_SHARES_CRITICALITY, criticality",
        "resilience_bulkheads_payments_shares_2, 2",
    })
    void needsNoFileForAVariable(String variable, String criticality) {
        Configured.byVariables(variable + "=60")
                .run(context -> assertThat(shares(context)).isEqualTo(Map.of(criticality, 60)));
    }

    @Test
    void makesOneShareOfAFileAndAVariable() {
        Configured.variables(
                        Configured.by("resilience.bulkheads.payments.shares.gold-customer: 10"),
                        "RESILIENCE_BULKHEADS_PAYMENTS_SHARES_GOLDCUSTOMER=60")
                .run(context -> assertThat(shares(context)).isEqualTo(Map.of("gold-customer", 60)));
    }

    @Test
    void readsAVariableAsAKeyBeforeACriticalityThatIsCalledLikeIt() {
        Configured.byVariables("RESILIENCE_BULKHEADS_DATA_SHARES_MAX_QUEUE=7").run(context -> {
            assertThat(Configured.bulkhead(context, "data-shares").maxQueue()).isEqualTo(7);
            assertThat(Configured.bulkhead(context, "data").shares()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|must be 1 to 100 percent",
                "101|must be 1 to 100 percent",
                "a|must be 1 to 100, and at most 100 in sum",
                "1.5|must be 1 to 100, and at most 100 in sum",
            })
    void refusesAShareThatIsNoPercentSayingWhere(String value, String reason) {
        String yaml = "resilience:\n  bulkheads:\n    payments:\n      shares:\n        customer: " + value + "\n";
        assertThat(Configured.description(Configured.by(yaml)))
                .contains("Property: resilience.bulkheads.payments.shares.customer\n")
                .contains("Value: \"" + value + "\"")
                .contains("Origin: Byte array resource [application.yml] - 5:")
                .contains("Reason: " + reason);
    }

    @Test
    void refusesSharesAboveAHundredInSumSayingWhere() {
        assertThat(Configured.description(Configured.by("""
                        resilience:
                          defaults.bulkhead.shares.batch: 50
                          bulkheads:
                            payments.shares.GOLD-customer: 51
                        """)))
                .contains("Property: resilience.bulkheads.payments.shares.GOLD-customer\n")
                .contains("Value: \"51\"")
                .contains("Origin: Byte array resource [application.yml] - 4:")
                .contains("Reason: must leave the sum of all shares at 100 percent or less");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shares.customer.percent|must hold one value, and no key 'percent' beneath it",
                "shares.customer[0]|must hold one value, and no key '0' beneath it",
                "shares|must hold keys, and no value of its own; the keys are <criticality>",
                "share.customer|unknown; did you mean 'shares",
                "'shares.[a b]'|the name of a criticality must match [A-Za-z0-9]",
                "shares.-|the name of a criticality must match [A-Za-z0-9]",
            })
    void refusesWhatIsNoShare(String key, String reason) {
        String property = "resilience.bulkheads.payments." + key;
        assertThat(Configured.description(Configured.by("\"" + property + "\": 10")))
                .contains("Property: " + property)
                .contains("Reason: " + reason);
    }

    @Test
    void refusesSharesOfABreaker() {
        assertThat(Configured.description(Configured.by("resilience.breakers.payments.shares.customer: 10")))
                .contains("Reason: unknown; ");
    }

    @Test
    void changesSharesAtRunTime() {
        Map<String, Object> source = new LinkedHashMap<>();
        Configured.BY_NOTHING
                .withConfiguration(AutoConfigurations.of(RebindingAutoConfiguration.class))
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("config-server", source)))
                .run(context -> {
                    assertThat(shares(context)).isEmpty();
                    source.put("resilience.bulkheads.payments.shares.customer", 60);
                    context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));
                    assertThat(shares(context)).isEqualTo(Map.of("customer", 60));
                    source.clear();
                    context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));
                    assertThat(shares(context)).isEmpty();
                });
    }
}
