package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilience.breaker.BreakerState;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetStateTests {

    private static final long NOW = 1_700_000_000_000L;
    private static final long DAY = 86_400_000;

    private final Map<String, String> fields = new HashMap<>(
            Map.of("v", "1", "s", "OPEN", "e", "" + NOW, "r", "" + (NOW + 1000), "w", "FAILURE_RATE", "k", "3"));

    private FleetState parsed() {
        return FleetState.parse(fields, NOW);
    }

    private void assertRefused(String field) {
        assertThatExceptionOfType(InvalidStoreDataException.class)
                .isThrownBy(this::parsed)
                .withMessageContaining("'" + field + "'");
    }

    @Test
    void isReadFromItsFields() {
        FleetState state = parsed();
        assertThat(state.state()).isEqualTo(BreakerState.OPEN);
        assertThat(state.epoch()).isEqualTo(NOW);
        assertThat(state.retryAt()).isEqualTo(NOW + 1000);
        assertThat(state.reason()).isEqualTo("FAILURE_RATE");
        assertThat(state.streak()).isEqualTo(3);
    }

    @Test
    void knowsZeroAndNothingWhereAFieldIsMissing() {
        assertThat(parsed().forcedUntil()).isZero();
        assertThat(parsed().orderedBy()).isEmpty();
    }

    @Test
    void ignoresFieldsOfNewerVersions() {
        fields.put("zz", "future");
        assertThat(parsed().state()).isEqualTo(BreakerState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "1.0", "01"})
    void refusesAnotherVersion(String version) {
        fields.put("v", version);
        assertRefused("v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "open", "EVIL", "OPEN "})
    void refusesAStateThatIsNone(String state) {
        fields.put("s", state);
        assertRefused("s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "0x10", "1e3", "nan", "1.5", " 1", "9007199254740992", "99999999999999999", "\u0661"})
    void refusesATimeThatIsNoInteger(String number) {
        fields.put("fu", number);
        assertRefused("fu");
    }

    @Test
    void takesTheLargestIntegerThatScriptsCanHold() {
        fields.put("fu", "9007199254740991");
        assertThat(parsed().forcedUntil()).isEqualTo(9007199254740991L);
    }

    @Test
    void takesAnEpochOfADayAhead() {
        fields.put("e", String.valueOf(NOW + DAY));
        assertThat(parsed().epoch()).isEqualTo(NOW + DAY);
    }

    @Test
    void refusesAnEpochOfMoreThanADayAhead() {
        fields.put("e", String.valueOf(NOW + DAY + 1));
        assertRefused("e");
    }

    @Test
    void refusesNoEpoch() {
        fields.remove("e");
        assertRefused("e");
    }

    @Test
    void refusesAnOpenThatNeverEnds() {
        fields.remove("r");
        assertRefused("r");
    }

    @ParameterizedTest
    @CsvSource({"pt,10001", "pr,1001", "px,1001", "pd,10001", "pf,10001", "ps,10001", "pc,10001", "k,1001"})
    void refusesCountsOutOfRange(String field, String value) {
        fields.put(field, value);
        assertRefused(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\u0085", "\u2028", "\u202e", "\ud800"})
    void refusesTextThatCannotBePrinted(String text) {
        fields.put("fw", text);
        assertRefused("fw");
    }

    @Test
    void refusesTextLongerThanAKilobyte() {
        fields.put("w", "\u00e4".repeat(513));
        assertRefused("w");
    }

    @Test
    void saysWhatIsWrongInOneShortPrintableLine() {
        fields.put("s", "x\n\u001b[31m" + "y".repeat(5000));
        assertThatExceptionOfType(InvalidStoreDataException.class)
                .isThrownBy(this::parsed)
                .satisfies(problem ->
                        assertThat(problem.getMessage()).matches("[ -~]*").hasSizeLessThan(120));
    }
}
