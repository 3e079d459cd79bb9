package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.ExceptionRules;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are bound, and those that stop the start. */
class ValuesTests {

    @Test
    void bindsEveryKeyOfABreaker() {
        Configured.by("""
                        resilience:
                          breakers:
                            payments:
                              mode: shadow
                              rollout: 25
                              window: 200 calls
                              minimum-calls: 7
                              failure-rate: 33.5
                              slow-call-duration: 2s
                              slow-call-rate: 60
                              saturation-rate: 70
                              consecutive-failures: 4
                              exceptions:
                                record: [java.io.IOException]
                                ignore: [java.util.concurrent.TimeoutException]
                              open:
                                duration: 3s
                                multiplier: 1.5
                                max-duration: 4m
                                jitter: 10
                              timeout: 1500ms
                              half-open:
                                probes: 2
                                probe-timeout: 6s
                                ramp: 9s
                              max-keys: 11
                        """)
                .run(context -> assertThat(Configured.breaker(context, "payments"))
                        .isEqualTo(new BreakerConfig(
                                new Enforcement(GuardMode.SHADOW, 25),
                                WindowSize.calls(200),
                                new TripConfig(7, 33.5, Duration.ofSeconds(2), 60, 70.0, 4),
                                Duration.ofMillis(1500),
                                new ExceptionRules(List.of(IOException.class), List.of(TimeoutException.class)),
                                new OpenConfig(Duration.ofSeconds(3), 1.5, Duration.ofMinutes(4), 10),
                                new HalfOpenConfig(2, Duration.ofSeconds(6), Duration.ofSeconds(9)),
                                11)));
    }

    @Test
    void bindsEveryKeyOfABulkhead() {
        Configured.by("""
                        resilience:
                          bulkheads:
                            payments:
                              mode: shadow
                              rollout: 25
                              max-concurrent: 3
                              max-queue: 4
                              max-wait: 5s
                              executor: platform
                              shares:
                                customer: 60
                              max-keys: 6
                        """)
                .run(context -> assertThat(Configured.bulkhead(context, "payments"))
                        .isEqualTo(new BulkheadConfig(
                                new Enforcement(GuardMode.SHADOW, 25),
                                3,
                                4,
                                Duration.ofSeconds(5),
                                BulkheadExecutor.PLATFORM,
                                Map.of("customer", 60),
                                6)));
    }

    @Test
    void readsOffAsAModeAlthoughYamlReadsItAsFalse() {
        Configured.by("resilience.breakers.payments.mode: off")
                .run(context -> assertThat(Configured.breaker(context, "payments")
                                .enforcement()
                                .mode())
                        .isEqualTo(GuardMode.OFF));
    }

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "PT1M, PT1M", "1500ms, PT1.5S", "100 calls, 100 calls", "1 call, 1 calls"})
    void readsAWindowAsADurationOrANumberOfCalls(String written, String window) {
        Configured.BY_NOTHING
                .withPropertyValues("resilience.breakers.payments.window=" + written)
                .run(context -> assertThat(
                                Configured.breaker(context, "payments").window())
                        .hasToString(window));
    }

    @Test
    void waitsHalfASecondWhereOnlyAQueueIsConfigured() {
        Configured.by("resilience.bulkheads.payments.max-queue: 1")
                .run(context -> assertThat(
                                Configured.bulkhead(context, "payments").waitOrDefault())
                        .isEqualTo(Duration.ofMillis(500)));
    }

    @Test
    void resolvesPlaceholders() {
        Configured.by("""
                        rate: 42
                        resilience.breakers.payments.failure-rate: ${rate}
                        """)
                .run(context -> assertThat(
                                Configured.breaker(context, "payments").trip().failureRate())
                        .isEqualTo(42));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "breakers.payments.failure-rate|0|must be above 0 and at most 100 percent",
                "breakers.payments.failure-rate|-1|must be above 0 and at most 100 percent",
                "breakers.payments.failure-rate|101|must be above 0 and at most 100 percent",
                "breakers.payments.failure-rate|NaN|must be above 0 and at most 100 percent",
                "breakers.payments.failure-rate|half|must be above 0 and at most 100",
                "breakers.payments.slow-call-rate|100.5|must be above 0 and at most 100 percent",
                "breakers.payments.saturation-rate|0|must be above 0 and at most 100 percent",
                "breakers.payments.rollout|101|must be 0 to 100 percent",
                "breakers.payments.rollout|1.5|must be 0 to 100",
                "breakers.payments.mode|maybe|must be enforce, shadow or off",
                "breakers.payments.minimum-calls|0|must be at least 1",
                "breakers.payments.minimum-calls|99999999999|must be at least 1",
                "breakers.payments.consecutive-failures|0|must be at least 1",
                "breakers.payments.slow-call-duration|0s|must be above 0 and at most 365 days",
                "breakers.payments.slow-call-duration|366d|must be above 0 and at most 365 days",
                "breakers.payments.slow-call-duration|soon|must be a duration above 0 and at most 365d",
                "breakers.payments.window|0s|must be above 0 and at most 365 days",
                "breakers.payments.window|0 calls|must be at least 1 call",
                "breakers.payments.window|100|must say what it counts: '100s' for the calls of the last 100 seconds, or '100 calls' for the last 100 calls",
                "breakers.payments.window|99999999999 calls|must be at most 2147483647 calls",
                "breakers.payments.window|often|must be a duration (30s) or a number of calls (100 calls)",
                "breakers.payments.open.duration|-1s|must be above 0 and at most 365 days",
                "breakers.payments.open.multiplier|0.5|must be 1 to 100",
                "breakers.payments.open.jitter|100.5|must be 0 to 100 percent",
                "breakers.payments.half-open.probes|0|must be at least 1",
                "breakers.payments.half-open.probe-timeout|0s|must be above 0 and at most 365 days",
                "breakers.payments.half-open.ramp|-1s|must be at least 0 and at most 365 days",
                "breakers.payments.max-keys|0|must be at least 1",
                "breakers.payments.shared.quorum|0|must be a number of nodes of at least 1, or 1% to 100% of them",
                "breakers.payments.shared.average-duration|0s|must be above 0 and at most 365 days",
                "breakers.payments.shared.concurrent|0|must be at least 1",
                "breakers.payments.exceptions.ignore|com.example.Missing|must name classes on the class path; there is no com.example.Missing",
                "breakers.payments.exceptions.record|java.lang.String|must name Throwables; java.lang.String is none",
                "bulkheads.payments.max-concurrent|0|must be at least 1",
                "bulkheads.payments.max-queue|-1|must be at least 0",
                "bulkheads.payments.max-wait|-1ms|must be at least 0 and at most 365 days",
                "bulkheads.payments.max-keys|0|must be at least 1",
                "defaults.breaker.failure-rate|0|must be above 0 and at most 100 percent",
                "defaults.bulkhead.max-concurrent|none|must be at least 1",
                "enabled|perhaps|must be true or false",
                "shared.enabled|perhaps|must be true or false",
            })
    void refusesAValueAndSaysWhereItIsWrittenAndWhatIsAllowed(String key, String value, String rule) {
        assertThat(Configured.description(Configured.by("resilience." + key + ": " + value)))
                .isEqualTo("""
                        Invalid configuration under 'resilience':

                            Property: resilience.%s
                            Value: "%s"
                            Origin: Byte array resource [application.yml] - 1:%d
                            Reason: %s""".formatted(key, value, "resilience.".length() + key.length() + 3, rule));
    }

    @Test
    void refusesAWindowOfCallsWhereItsCallsAreSummedUpWithThoseOfOtherProcesses() {
        assertThat(Configured.description(Configured.by("""
                        resilience:
                          shared.enabled: true
                          breakers.payments:
                            window: 100 calls
                            shared.mode: shared-window
                        """)))
                .contains("Property: resilience.breakers.payments.window\n")
                .contains("Value: \"100 calls\"\n")
                .contains("must be a duration (30s), as this breaker's shared.mode is shared-window");
    }

    @Test
    void refusesAWindowOfCallsWhereAllBreakersAreSummedUp() {
        assertThat(Configured.description(Configured.by("""
                        resilience:
                          shared:
                            enabled: true
                            mode: shared-window
                          breakers.payments.window: 100 calls
                        """)))
                .contains("Property: resilience.breakers.payments.window\n");
    }

    @Test
    void refusesAModeOfAFleetThatIsNone() {
        assertThat(Configured.description(Configured.by("resilience.shared: {enabled: true, mode: maybe}")))
                .contains("Property: resilience.shared.mode\n")
                .contains("must be shared-state, shared-window or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"average-duration: 2s", "concurrent: 10"})
    void refusesALimitOfTheFleetWhereNobodyJudgesIt(String limit) {
        assertThat(Configured.description(Configured.by("""
                        resilience:
                          shared.enabled: true
                          breakers.payments.shared.%s
                        """.formatted(limit))))
                .contains("is judged in shared-window only: set shared.mode: shared-window");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resilience.breakers.payments.shared.mode: shared-window",
                "resilience.shared.enabled: true",
                "resilience.shared: {enabled: true, mode: shared-window}\nresilience.breakers.payments.shared.mode: shared-state"
            })
    void takesAWindowOfCallsWhereNothingIsSummedUp(String yaml) {
        Configured.by(yaml + "\nresilience.breakers.payments.window: 100 calls")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"breakers.payments.failure-rate", "breakers.payments.window", "enabled", "defaults.breaker.mode"
            })
    void refusesAnEmptyValue(String key) {
        assertThat(Configured.description(Configured.by("resilience." + key + ":")))
                .contains("Property: resilience." + key + "\n")
                .contains("Reason: must not be empty; leave the key out for what holds without it");
    }

    @Test
    void refusesAPlaceholderThatResolvesToNothing() {
        assertThat(Configured.description(Configured.by("resilience.breakers.payments.failure-rate: ${RATE:}")))
                .contains("must not be empty");
    }

    @Test
    void refusesToRecordNothing() {
        assertThat(Configured.description(Configured.by("resilience.breakers.payments.exceptions.record: []")))
                .contains("Property: resilience.breakers.payments.exceptions.record\n")
                .contains("must name at least one class; leave the key out to record every exception");
    }

    @Test
    void ignoresNothingWhereAnEntrySaysSo() {
        Configured.by("""
                        resilience:
                          defaults.breaker.exceptions.ignore: java.io.IOException
                          breakers.payments.exceptions.ignore: []
                        """)
                .run(context -> assertThat(Configured.breaker(context, "payments")
                                .exceptions()
                                .ignore())
                        .isEmpty());
    }

    @Test
    void pointsAtTheClassOfAListThatIsWrong() {
        assertThat(Configured.description(Configured.by("""
                        resilience.breakers.payments.exceptions.record:
                          - java.io.IOException
                          - java.lang.String
                        """)))
                .contains("Property: resilience.breakers.payments.exceptions.record[1]\n")
                .contains("application.yml] - 3:5\n");
    }

    @Test
    void saysWhereTheOtherSideOfACrossCheckIsWritten() {
        assertThat(Configured.description(Configured.by("resilience.breakers.payments.open.duration: 10m")))
                .isEqualTo("""
                        Invalid configuration under 'resilience':

                            Property: resilience.breakers.payments.open.max-duration
                            Value: "PT5M"
                            Reason: must be at least open.duration (PT10M); see resilience.breakers.payments.open.duration in Byte array resource [application.yml] - 1:45""");
    }

    @Test
    void refusesAWaitWithoutAQueueAndSaysWhereBothAreWritten() {
        assertThat(Configured.description(Configured.by("""
                        resilience:
                          defaults.bulkhead:
                            max-queue: 5
                            max-wait: 1s
                          bulkheads.payments.max-queue: 0
                        """))).isEqualTo("""
                        Invalid configuration under 'resilience':

                            Property: resilience.defaults.bulkhead.max-wait
                            Value: "1s"
                            Origin: Byte array resource [application.yml] - 4:15
                            Reason: must be 0 where max-queue is 0: nobody can wait without a queue; see resilience.bulkheads.payments.max-queue in Byte array resource [application.yml] - 5:33""");
    }

    @Test
    void reportsWrongEntriesAllAtOnceAndTellsWhatToDo() {
        Configured.by("""
                        resilience.breakers:
                          payments.failure-rate: 0
                          stock.failure-rate: 200
                        """).run(context -> {
            assertThat(Configured.report(context).getDescription())
                    .contains("resilience.breakers.payments.failure-rate", "resilience.breakers.stock.failure-rate");
            assertThat(Configured.report(context).getAction()).isEqualTo("Correct the 2 properties.");
        });
    }

    @Test
    void reportsAWrongDefaultOnce() {
        assertThat(Configured.description(Configured.by("""
                        resilience:
                          defaults.breaker.failure-rate: 0
                          breakers:
                            payments.minimum-calls: 3
                            stock.minimum-calls: 3
                        """))).containsOnlyOnce("Property:");
    }

    @Test
    void showsNoControlCharactersAndNotAllOfAnEndlessValue() {
        assertThat(Configured.description(Configured.by(
                        "resilience.breakers.payments.mode: \"a\\u001b[31m\\nb" + "c".repeat(10_000) + "\"")))
                .contains("Value: \"a?[31m?bccc")
                .hasSizeLessThan(600);
    }

    @Test
    void saysThatAPlaceholderHasNoValue() {
        assertThat(Configured.description(Configured.by("resilience.breakers.payments.failure-rate: ${RATE}")))
                .contains("Property: resilience.breakers.payments.failure-rate")
                .contains("Reason: cannot be read: Could not resolve placeholder 'RATE'");
    }

    @Test
    void saysThatAPlaceholderLeadsBackToItself() {
        assertThat(Configured.description(
                        Configured.by("rate: ${rate}\nresilience.breakers.payments.failure-rate: ${rate}")))
                .contains("Reason: cannot be read: Circular placeholder reference 'rate'");
    }
}
