package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplatesTests {

    @Test
    void goesFromTemplateToTemplateKeyByKey() {
        Configured.by("""
                        resilience:
                          defaults.bulkhead: {max-concurrent: 1, max-queue: 1, max-wait: 1s, max-keys: 1}
                          bulkheads:
                            a: {template: Bb, max-concurrent: 4}
                            b-b: {template: c, max-concurrent: 3, max-queue: 3}
                            c: {max-concurrent: 2, max-queue: 2, max-wait: 2s}
                        """)
                .run(context -> assertThat(Configured.bulkhead(context, "a"))
                        .hasToString(
                                "BulkheadConfig[enforcement=Enforcement[mode=ENFORCE, rollout=100], maxConcurrent=4, "
                                        + "maxQueue=3, maxWait=PT2S, executor=CALLER, shares={}, maxKeys=1]"));
    }

    @Test
    void takesSingleKeysOfAGroupFromTheTemplate() {
        Configured.by("""
                        resilience:
                          defaults.breaker.open.jitter: 1
                          breakers:
                            slow.open.multiplier: 3
                            payments: {template: slow, open.duration: 4s}
                        """)
                .run(context -> assertThat(
                                Configured.breaker(context, "payments").open())
                        .hasToString("OpenConfig[duration=PT4S, multiplier=3.0, maxDuration=PT5M, jitter=1.0]"));
    }

    @Test
    void refusesATemplateThatIsNotThere() {
        assertThat(Configured.description(Configured.by("""
                        resilience.breakers:
                          slow.failure-rate: 10
                          payments.template: slwo
                        """))).isEqualTo("""
                        Invalid configuration under 'resilience':

                            Property: resilience.breakers.payments.template
                            Value: "slwo"
                            Origin: Byte array resource [application.yml] - 3:22
                            Reason: must be the name of another entry of breakers; did you mean 'slow'?""");
    }

    @Test
    void listsTheEntriesWhereNoneIsNear() {
        assertThat(Configured.description(Configured.by("resilience.breakers.payments.template: hurricane")))
                .contains("Reason: must be the name of another entry of breakers; there are payments");
    }

    @Test
    void refusesTemplatesThatLeadBackToThemselves() {
        assertThat(Configured.description(Configured.by("""
                        resilience.breakers:
                          Aa.template: b
                          b.template: aa
                          c.template: b
                        """)))
                .contains("must not lead back to itself: Aa -> b -> Aa")
                .contains("must not lead back to itself: b -> Aa -> b");
    }

    @Test
    void refusesAnEntryThatIsItsOwnTemplate() {
        assertThat(Configured.description(Configured.by("resilience.bulkheads.payments.template: payments")))
                .contains("must not lead back to itself: payments -> payments");
    }

    @Test
    void pointsAtTheTemplateForAWrongValueOfIt() {
        assertThat(Configured.description(Configured.by("""
                        resilience.breakers:
                          payments.template: slow
                          slow.failure-rate: 0
                        """)))
                .containsOnlyOnce("Property: resilience.breakers.slow.failure-rate");
    }
}
