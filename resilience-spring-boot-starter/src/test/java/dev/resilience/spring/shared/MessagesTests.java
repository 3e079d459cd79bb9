package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilience.breaker.BreakerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTests {

    private static final long NOW = 1_700_000_000_000L;
    private static final long LATEST = NOW + StateReader.AHEAD_MILLIS;
    private static final String STATE = "\nv=1\ns=FORCED_OPEN\ne=" + NOW + "\nfw=a=b";

    @Test
    void areReadLineByLine() {
        StateMessage message = Messages.read("name=payments\nnow=" + NOW + STATE, LATEST);
        assertThat(message.breaker()).isEqualTo("payments");
        assertThat(message.now()).isEqualTo(NOW);
        assertThat(message.state().state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(message.state().orderReason()).isEqualTo("a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "name=\nnow=1700000000000" + "\nv=1\ns=CLOSED\ne=5",
                "name=p\nnow=\nv=1\ns=CLOSED\ne=5",
                "name=p\nnow=-1\nv=1\ns=CLOSED\ne=5",
                "name=p\nnow=99999999999999\nv=1\ns=CLOSED\ne=5",
                "name=p\nnow=1700000000000\nv=1\ns=CLOSED",
                "name=p\nnow=1700000000000\nv=1\ns=CLOSED\ne=5\n",
                "name=p\nnow=1700000000000\nv=1\ns=CLOSED\ne=5\ns=OPEN",
                "name=p\nnow=1700000000000\nv=1\ns=CLOSED\ne=5\n=x"
            })
    void areRefusedIfNobodyWouldHaveWrittenThem(String text) {
        assertThatExceptionOfType(InvalidStoreDataException.class).isThrownBy(() -> Messages.read(text, LATEST));
    }

    @Test
    void areRefusedIfTheyAreHuge() {
        String huge = "name=p\nnow=" + NOW + STATE + "\nzz=" + "x".repeat(16 * 1024);
        assertThatExceptionOfType(InvalidStoreDataException.class).isThrownBy(() -> Messages.read(huge, LATEST));
    }

    @Test
    void cannotMoveTheClockThatTheirEpochIsHeldAgainst() {
        long dayAhead = LATEST;
        String message = "name=p\nnow=" + dayAhead + "\nv=1\ns=CLOSED\ne=" + (dayAhead + 1);
        assertThatExceptionOfType(InvalidStoreDataException.class)
                .isThrownBy(() -> Messages.read(message, LATEST))
                .withMessageContaining("'e'");
    }
}
