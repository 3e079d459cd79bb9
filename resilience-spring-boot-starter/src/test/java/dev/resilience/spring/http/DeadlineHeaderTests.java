package dev.resilience.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Deadline;
import dev.resilience.spring.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class DeadlineHeaderTests {

    private static final String NAME = "X-Request-Timeout";

    @RegisterExtension
    private final IgnoredHeaders ignored = new IgnoredHeaders();

    private final ManualTicker ticker = new ManualTicker();
    private final DeadlineHeader header = new DeadlineHeader(NAME, Duration.ofSeconds(60));

    private Deadline read(String... lines) {
        return header.read(name -> name.equals(NAME) ? List.of(lines) : List.of(), ticker);
    }

    @ParameterizedTest
    @CsvSource({"250, 250", "1, 1", "0, 0", "000000000000000250, 250", "60000, 60000"})
    void readsWholeMilliseconds(String written, long millis) {
        assertThat(read(written).remaining()).isEqualTo(Duration.ofMillis(millis));
        assertThat(ignored.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" 250", "250 ", "\t250 \t"})
    void toleratesBlanksAround(String written) {
        assertThat(read(written).remaining()).isEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60001", "999999999999999999"})
    void givesNobodyMoreThanTheLongest(String written) {
        assertThat(read(written).remaining()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void runsFromTheMomentOfReading() {
        Deadline deadline = read("250");
        ticker.advance(Duration.ofMillis(249));
        assertThat(deadline.isOver()).isFalse();
        ticker.advance(Duration.ofMillis(1));
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void saysThatNothingIsLeft() {
        assertThat(read("0").isOver()).isTrue();
    }

    @Test
    void isNoDeadlineAndNoLineOfTheLogWhereThereIsNone() {
        assertThat(read()).isNull();
        assertThat(ignored.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "soon",
                "250ms",
                "0.25",
                "1e3",
                "0x10",
                "1 000",
                "1,000",
                "250, 250",
                "250;q=1",
                "1000000000000000000",
                "1000000000000000000000000000000",
                "\u0662\u0665\u0660",
                "\uff12\uff15\uff10",
                "\u00a0250",
                "\u2003250",
                "250\n",
                "250\r\nX-Admin: true",
                "250\u0000",
            })
    void ignoresWhatIsNoNumberOfMilliseconds(String written) {
        assertThat(read(written)).isNull();
        assertThat(ignored.lines()).hasSize(1);
    }

    @Test
    void ignoresSeveralLinesEvenIfTheyAgree() {
        assertThat(read("250", "250")).isNull();
        assertThat(ignored.lines())
                .containsExactly("DEBUG Ignored the request header X-Request-Timeout: "
                        + "must be one number of milliseconds, of 1 to 18 digits; got 2 of them");
    }

    @Test
    void isNotSlowedDownByWhatAStrangerSends() {
        assertThat(read(" ".repeat(100_000) + "x" + " ".repeat(100_000) + "x")).isNull();
        assertThat(read("1".repeat(1_000_000))).isNull();
    }

    @Test
    void writesNothingOfAStrangerIntoTheLogButPrintableLettersAndFew() {
        read("1\r\n2026 ERROR \u202eforged" + "x".repeat(1000));
        assertThat(ignored.lines())
                .containsExactly(
                        "DEBUG Ignored the request header X-Request-Timeout: must be one number of milliseconds, "
                                + "of 1 to 18 digits; got '1??2026 ERROR ?forgedxxxxxxxxxxxxxxxx...'");
        assertThat(ignored.lines().get(0).replaceAll(".*'(.*)'", "$1")).hasSize(40);
    }

    @Test
    void isWrittenWhereThereIsNone() {
        assertThat(written()).isEqualTo("250");
    }

    @ParameterizedTest
    @CsvSource({"249, 249", "250, 250", "0, 0", "251, 250", "99999999, 250", "soon, 250", "-1, 250", "'1,2', 250"})
    void keepsWhatTheApplicationWroteIfItIsLess(String ofTheApplication, String sent) {
        assertThat(written(ofTheApplication)).isEqualTo(sent);
    }

    @Test
    void replacesSeveralLines() {
        assertThat(written("1", "2")).isEqualTo("250");
    }

    private String written(String... ofTheApplication) {
        HttpHeaders headers = new HttpHeaders();
        List.of(ofTheApplication).forEach(line -> headers.add(NAME, line));
        header.write(250, headers);
        assertThat(headers.getOrEmpty(NAME)).hasSize(1);
        return headers.getFirst(NAME);
    }
}
