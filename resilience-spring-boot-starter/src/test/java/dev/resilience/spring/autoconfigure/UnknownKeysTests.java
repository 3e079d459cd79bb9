package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys under {@code resilience} that nobody knows. */
class UnknownKeysTests {

    @RegisterExtension
    private final Logged logged = new Logged(WrittenProperties.class);

    @Test
    void saysWhereItIsWrittenAndWhatMayHaveBeenMeant() {
        assertThat(Configured.description(Configured.by("""
                        resilience:
                          breakers:
                            payments:
                              faliure-rate: 50
                        """))).isEqualTo("""
                        Invalid configuration under 'resilience':

                            Property: resilience.breakers.payments.faliure-rate
                            Origin: Byte array resource [application.yml] - 4:21
                            Reason: unknown; did you mean 'failure-rate'?""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "breaker.payments.failure-rate|unknown; did you mean 'breakers'",
                "strict-name|unknown; did you mean 'strict-names'?",
                "metrics.key|unknown; did you mean 'metrics.keys'?",
                "defaults.breaker.failure-rte|unknown; did you mean 'defaults.breaker.failure-rate'?",
                "defaults.breakers.failure-rate|unknown; did you mean 'defaults.breaker'",
                "breakers.payments.max-duration|unknown; did you mean 'open.max-duration'?",
                "breakers.payments.open.probes|unknown; did you mean 'half-open.probes'?",
                "breakers.payments.openduration|unknown; did you mean 'open.duration'?",
                "breakers.payments.sliding-window-size|unknown; the keys here are template, mode, rollout, window,",
                "breakers.payments.failure-rate.percent|must hold one value, and no key 'percent' beneath it",
                "breakers.payments.failure-rate[0]|must hold one value",
                "breakers.payments.limit-for-period|unknown; the keys here are template,",
                "retry.enabled|unknown; ",
            })
    void refusesAKeyThatNobodyKnows(String key, String reason) {
        assertThat(Configured.description(Configured.by("\"resilience." + key + "\": 1")))
                .contains("Property: resilience." + key + "\n")
                .contains("Origin: Byte array resource [application.yml] - 1:")
                .contains("Reason: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "breakers|must hold keys, and no value of its own",
                "breakers.payments|must hold keys, and no value of its own; the keys are template, mode",
                "breakers.payments.open|must hold keys, and no value of its own; the keys are duration, multiplier,",
                "defaults|must hold keys, and no value of its own; the keys are breaker, bulkhead",
            })
    void refusesAValueWhereThereMustBeKeys(String key, String reason) {
        assertThat(Configured.description(Configured.by("resilience." + key + ": 1")))
                .contains("Reason: " + reason);
    }

    @Test
    void reportsAllAtOnce() {
        assertThat(Configured.description(Configured.by("resilience:\n  one: 1\n  two: 2\n")))
                .contains("resilience.one", "resilience.two");
    }

    @Test
    void refusesAnUnknownKeyOfASystemProperty() {
        Configured.BY_NOTHING
                .withSystemProperties("resilience.breakers.payments.faliure-rate=50")
                .run(
                        context -> assertThat(Configured.report(context).getDescription())
                                .contains(
                                        "Origin: \"resilience.breakers.payments.faliure-rate\" from property source \"systemProperties\""));
    }

    @Test
    void knowsTheKeysOfEveryCapability() {
        Configured.by("""
                        resilience:
                          metrics.keys: true
                          health.down-when-open: [payments]
                          web.error-responses: false
                        """).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void leavesTheKeysOfNeighboursAlone() {
        Configured.by("resilience4j.circuitbreaker.instances.a.x: 1\nresiliences: 2\nresilience-test.x: 1\n")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESILIENCE_PORT=tcp://10.0.0.1", "RESILIENCE_SERVICE_HOST=10.0.0.1", "RESILIENCE=x"})
    void leavesVariablesAloneThatArePlatformSets(String variable) {
        Configured.byVariables(variable).run(context -> assertThat(context).hasNotFailed());
        assertThat(logged.lines()).isEmpty();
    }

    @Test
    void warnsOfAVariableThatLooksMisspelt() {
        Configured.byVariables("RESILIENCE_BREAKERS_PAYMENTS_FALIURERATE=5")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(logged.lines())
                .containsExactly(
                        "WARN The environment variable RESILIENCE_BREAKERS_PAYMENTS_FALIURERATE fits no key under 'resilience' "
                                + "and is left out; write the keys without dashes: RESILIENCE_BREAKERS_PAYMENTS_FAILURERATE");
    }
}
