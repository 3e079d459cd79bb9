package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterHeaderTests {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"37", " 37 ", "0037"})
    void readsSeconds(String value) {
        assertThat(RetryAfterHeader.read(value, NOW)).isEqualTo(Duration.ofSeconds(37));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", " Sun, 06 Nov 1994 08:49:37 GMT"})
    void readsDates(String value) {
        assertThat(RetryAfterHeader.read(value, NOW)).isEqualTo(Duration.ofSeconds(37));
    }

    @Test
    void takesAYearOfTwoDigitsForOneOfThisCentury() {
        Instant now = Instant.parse("2026-11-06T08:49:00Z");
        assertThat(RetryAfterHeader.read("Friday, 06-Nov-26 08:49:37 GMT", now)).isEqualTo(Duration.ofSeconds(37));
    }

    @Test
    void takesTooManySecondsForAVeryLongTime() {
        assertThat(RetryAfterHeader.read("9".repeat(5000), NOW)).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void readsDatesThatAreOver() {
        assertThat(RetryAfterHeader.read("Sun, 06 Nov 1994 08:48:00 GMT", NOW)).isNegative();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-5", "1.5", "12 s", "Sun, 06 Nov 1994", "Mon, 06 Nov 1994 08:49:37 GMT", "٣٧"})
    void readsNothingElse(String value) {
        assertThat(RetryAfterHeader.read(value, NOW)).isNull();
    }
}
