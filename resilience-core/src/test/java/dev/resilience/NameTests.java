package dev.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTests {

    @ParameterizedTest
    @ValueSource(strings = {"payments", "P", "7", "order-history", "order_history", "A-_-"})
    void takesLettersDigitsDashesAndUnderscores(String text) {
        assertThat(Name.of(text).text()).isEqualTo(text);
        assertThat(Name.isValid(text)).isTrue();
    }

    @Test
    void takesAHundredCharacters() {
        assertThat(Name.of("a".repeat(100)).text()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "pay.ments",
                "-payments",
                "_payments",
                "pay ments",
                "pay/ments",
                "zahlüng",
                "a\nb",
                "a\n"
            })
    void refusesWhatWouldNotBindAsAMapKey(String text) {
        assertThatThrownBy(() -> Name.of(text)).isInstanceOf(InvalidSettingException.class);
        assertThat(Name.isValid(text)).isFalse();
    }

    @Test
    void saysWhatANameMustMatch() {
        assertThatThrownBy(() -> Name.of("pay.ments"))
                .hasMessage("Invalid name ('pay.ments'): must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}");
        assertThatThrownBy(() -> Name.of(""))
                .hasMessage("Invalid name (''): must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    }

    @Test
    void quotesOnlyTheBeginningOfALongName() {
        assertThatThrownBy(() -> Name.of("x".repeat(10_000)))
                .hasMessage("Invalid name ('" + "x".repeat(120) + "...'): must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}");
        assertThat(Name.isValid("x".repeat(101))).isFalse();
    }

    @Test
    void putsNoLineBreakIntoAMessage() {
        assertThatThrownBy(() -> Name.of("a\nb\u2028c"))
                .hasMessage("Invalid name ('a?b?c'): must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    }

    @Test
    void refusesNull() {
        assertThatThrownBy(() -> Name.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("text");
    }

    @ParameterizedTest
    @CsvSource({
        "order-history, orderHistory",
        "order-history, ORDERHISTORY",
        "order_history, Order-History",
        "a1-b2, A1B2"
    })
    void isTheSameNameInAnySpelling(String one, String other) {
        assertThat(Name.of(one)).isEqualTo(Name.of(other)).hasSameHashCodeAs(Name.of(other));
        assertThat(Name.of(one).canonical()).isEqualTo(Name.of(other).canonical());
    }

    @Test
    void keepsTheSpelling() {
        assertThat(Name.of("Order-History")).hasToString("Order-History");
        assertThat(Name.of("Order-History").canonical()).isEqualTo("orderhistory");
    }

    @Test
    void differsByAnythingInTheCanonicalForm() {
        assertThat(Name.of("payments")).isNotEqualTo(Name.of("payments2")).isNotEqualTo("payments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eu-1", "EU-1", "a/b", "50%", "a[b]", "Zürich", "東京", "😀", "a b", "*"})
    void comparesKeysAsTheyAre(String key) {
        Name keyed = Name.of("payments").withKey(key);
        assertThat(keyed.key()).isEqualTo(key);
        assertThat(keyed)
                .isEqualTo(Name.of("PAYMENTS").withKey(key))
                .isNotEqualTo(Name.of("payments").withKey(key + "x"))
                .hasToString("payments[" + key + "]");
    }

    @Test
    void isThePlainInstanceWithoutAKey() {
        assertThat(Name.of("payments").withKey(null)).isEqualTo(Name.of("payments"));
        assertThat(Name.of("payments").key()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\tb", "\u0000", "\u001b[31m", "a\u2028b", "a\u2029b", "\u0085"})
    void letsKeysThatWouldBreakALogLineShareTheOverflow(String key) {
        assertThat(Name.of("payments").withKey(key)).hasToString("payments[*]");
        assertThat(Name.isShowable(key)).isFalse();
    }

    @Test
    void letsKeysAboveTwoHundredCharactersShareTheOverflow() {
        assertThat(Name.of("payments").withKey("k".repeat(200)).key()).hasSize(200);
        assertThat(Name.of("payments").withKey("k".repeat(201)).key()).isEqualTo("*");
        assertThat(Name.of("payments").withKey("k".repeat(100_000)).key()).isEqualTo("*");
    }

    @Test
    void takesAKeyThatTurnsTheTextAfterItForNone() {
        assertThat(Name.of("payments").withKey("eu\u202Egnp.exe").key()).isEqualTo(Name.OVERFLOW_KEY);
        assertThat(Name.of("payments").withKey("eu\u2066-1").key()).isEqualTo(Name.OVERFLOW_KEY);
    }
}
