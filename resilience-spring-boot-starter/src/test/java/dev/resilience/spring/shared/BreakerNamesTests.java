package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerNamesTests {

    /** What Python's {@code binascii.crc_hqx(name, 0) % 16} says. */
    @ParameterizedTest
    @CsvSource({"payments,11", "v,1", "stock[eu],13", "Zähler,10"})
    void belongToTheShardOfTheirChecksum(String name, String expected) {
        assertThat(BreakerNames.shard(name)).isEqualTo(Integer.parseInt(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "payments[eu {1}]", "Zähler"})
    void canBeShared(String name) {
        assertThat(BreakerNames.canBeShared(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u007f", "\ud800"})
    void cannotBeSharedIfTheyBreakLinesOrHaveNoBytes(String name) {
        assertThat(BreakerNames.canBeShared(name)).isFalse();
    }

    @Test
    void canBeSharedUpToTwoHundredBytes() {
        assertThat(BreakerNames.canBeShared("ä".repeat(100))).isTrue();
        assertThat(BreakerNames.canBeShared("ä".repeat(100) + "x")).isFalse();
    }
}
