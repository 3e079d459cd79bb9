package dev.resilience.spring.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

class RetryTimesTests {

    @RetryableGuarded
    static class Annotated {
        @RetryableGuarded
        void standard() {}

        @RetryableGuarded(
                maxRetriesString = "${retries}",
                delayString = "${delay}",
                jitterString = "7",
                multiplierString = "1.5",
                maxDelayString = "1m")
        void written() {}

        @Retryable(delay = 2, jitter = 1, maxDelay = 3, timeUnit = TimeUnit.SECONDS)
        void inSeconds() {}
    }

    private static RetryTimes times(String method) {
        Method found = Objects.requireNonNull(ReflectionUtils.findMethod(Annotated.class, method));
        Retryable retryable =
                Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(found, Retryable.class));
        return RetryTimes.of(retryable, text -> text.replace("${retries}", "4").replace("${delay}", "20ms"));
    }

    @Test
    void hasTheDefaultsOfTheComposedAnnotation() {
        assertThat(times("standard")).isEqualTo(new RetryTimes(3, 100, 50, 2, 2000));
    }

    @Test
    void readsPlaceholdersAndUnitsAsSpringDoes() {
        assertThat(times("written")).isEqualTo(new RetryTimes(4, 20, 7, 1.5, 60_000));
        assertThat(times("inSeconds")).isEqualTo(new RetryTimes(3, 2000, 1000, 1, 3000));
    }

    @ParameterizedTest
    @CsvSource({"100,50,2,2000", "100,150,3,1000", "7,3,1.7,100000", "10,0,1,9223372036854775807", "0,20,2,15"})
    void isNeverBelowTheWaitThatSpringDraws(long delay, long jitter, double multiplier, long maxDelay) {
        RetryTimes times = new RetryTimes(6, delay, jitter, multiplier, maxDelay);
        ExponentialBackOff backOff = new ExponentialBackOff(delay, multiplier);
        backOff.setJitter(jitter);
        backOff.setMaxInterval(maxDelay);
        for (int draw = 0; draw < 500; draw++) {
            BackOffExecution waits = backOff.start();
            long interval = times.delay();
            for (int retry = 0; retry < times.maxRetries(); retry++) {
                assertThat(waits.nextBackOff()).isLessThanOrEqualTo(times.longest(interval));
                assertThat(times.longest(interval)).isLessThanOrEqualTo(times.longest());
                interval = times.after(interval);
            }
        }
    }

    @Test
    void saysTheWaitItselfWhereThereIsNoJitter() {
        RetryTimes times = new RetryTimes(3, 100, 0, 2, 300);
        assertThat(times.longest(100)).isEqualTo(100);
        assertThat(times.longest(times.after(100))).isEqualTo(200);
        assertThat(times.longest()).isEqualTo(300);
    }

    @Test
    void doesNotOverflow() {
        assertThat(RetryTimes.UNKNOWN.longest()).isEqualTo(Long.MAX_VALUE);
        assertThat(RetryTimes.UNKNOWN.longest(RetryTimes.UNKNOWN.after(Long.MAX_VALUE)))
                .isEqualTo(Long.MAX_VALUE);
    }
}
