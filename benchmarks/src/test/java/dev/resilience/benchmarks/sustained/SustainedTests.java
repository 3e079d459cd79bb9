package dev.resilience.benchmarks.sustained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resilience.benchmarks.report.Latency;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SustainedTests {

    @ParameterizedTest
    @EnumSource
    void makesEveryCallThatIsDueInTheMeasuredTime(Subject subject) throws Exception {
        assertThat(run(Scenario.CLOSED, subject, 100)).singleElement().satisfies(answered -> {
            assertThat(answered.outcome()).isEqualTo("answered");
            assertThat(answered.calls()).isEqualTo(2000);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFlappingDependencyIsCalledByAll(Subject subject) throws Exception {
        assertThat(run(Scenario.FLAPPING, subject, 100).stream()
                        .mapToLong(Latency::calls)
                        .sum())
                .isEqualTo(2000);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNGUARDED")
    void aDependencyThatFailsIsNotCalledForLong(Subject subject) {
        Dependency guarded = subject.guarded(Scenario.FLAPPING, () -> {
            throw new Dependency.FailedException();
        });

        assertThat(IntStream.range(0, 100)
                        .mapToObj(call -> catchThrowableOfType(RuntimeException.class, guarded::call)))
                .anyMatch(subject::isRefusal);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNGUARDED")
    void anOverloadedBulkheadAnswersSomeAndRefusesMost(Subject subject) throws Exception {
        List<Latency> latencies = run(Scenario.OVERLOAD, subject, 200);

        assertThat(latencies).extracting(Latency::outcome).containsExactly("answered", "refused");
        assertThat(latencies.get(1).calls()).isGreaterThan(latencies.get(0).calls());
    }

    @Test
    void aCallThatWaitsForEarlierOnesCountsItsWait() throws Exception {
        assertThat(run(Scenario.OVERLOAD, Subject.UNGUARDED, 200))
                .singleElement()
                .satisfies(answered -> {
                    assertThat(answered.calls()).isEqualTo(2000);
                    // 2000 calls of 2 ms, two at once, are done after 2 s; the last of them were due after 200 ms
                    assertThat(answered.max()).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
                });
    }

    private static List<Latency> run(Scenario scenario, Subject subject, int millis) throws Exception {
        return Sustained.run(scenario, subject, 0, TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
