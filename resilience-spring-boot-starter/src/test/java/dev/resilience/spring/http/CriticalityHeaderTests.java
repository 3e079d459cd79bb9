package dev.resilience.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Criticality;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class CriticalityHeaderTests {

    private static final String NAME = "X-Request-Criticality";

    @RegisterExtension
    private final IgnoredHeaders ignored = new IgnoredHeaders();

    private final CriticalityHeader header = new CriticalityHeader(NAME);

    private Criticality read(String... lines) {
        return header.read(name -> name.equals(NAME) ? List.of(lines) : List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", " customer", "customer\t ", "CUSTOMER"})
    void readsAName(String written) {
        assertThat(read(written)).isEqualTo(Criticality.of("customer"));
        assertThat(ignored.lines()).isEmpty();
    }

    @Test
    void isNoCriticalityAndNoLineOfTheLogWhereThereIsNone() {
        assertThat(read()).isNull();
        assertThat(ignored.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-batch", "two words", "a,b", "b\u00e4tch", "a\nb", "a\u202eb", "#{1}", "${x}"})
    void ignoresWhatIsNoName(String written) {
        assertThat(read(written)).isNull();
        assertThat(ignored.lines()).hasSize(1);
    }

    @Test
    void ignoresWhatIsTooLong() {
        assertThat(read("c".repeat(100))).isNotNull();
        assertThat(read("c".repeat(101))).isNull();
        assertThat(read("c".repeat(100_000) + " ".repeat(100_000) + "c")).isNull();
    }

    @Test
    void ignoresSeveralLines() {
        assertThat(read("customer", "batch")).isNull();
        assertThat(ignored.lines())
                .containsExactly("DEBUG Ignored the request header X-Request-Criticality: must be one name: "
                        + "a letter or digit, then up to 99 letters, digits, '_' or '-'; got 2 of them");
    }

    @ParameterizedTest
    @CsvSource({"customer, customer", "'a,b', batch", "'', batch"})
    void keepsWhatTheApplicationWroteIfItIsAName(String ofTheApplication, String sent) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(NAME, ofTheApplication);
        header.write(Criticality.of("batch"), headers);
        assertThat(headers.getOrEmpty(NAME)).containsExactly(sent);
    }

    @Test
    void isWrittenAsItIsSpelt() {
        HttpHeaders headers = new HttpHeaders();
        header.write(Criticality.of("Gold-Customer"), headers);
        assertThat(headers.getOrEmpty(NAME)).containsExactly("Gold-Customer");
    }
}
