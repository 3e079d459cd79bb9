package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilience.breaker.BreakerState;
import dev.resilience.spring.shared.StoreAnswer.Status;
import io.lettuce.core.ScoredValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepliesTests {

    private static final long NOW = 1_700_000_000_000L;

    @Test
    void withoutAStateMeanClosed() {
        StoreAnswer answer = Replies.answer(List.of("OK", NOW));
        assertThat(answer.state()).isNull();
        assertThat(answer.breakerState()).isEqualTo(BreakerState.CLOSED);
        assertThat(answer.epoch()).isZero();
    }

    @Test
    void nameLeasesInTheirLastPair() {
        StoreAnswer answer =
                Replies.answer(List.of("LEASED", NOW, "v", "1", "s", "HALF_OPEN", "e", "5", "leases", "A#1 A#2"));
        assertThat(answer.leases()).containsExactly("A#1", "A#2");
    }

    @Test
    void doNotTakeAFieldForLeases() {
        StoreAnswer answer = Replies.answer(List.of("NONE", NOW, "v", "1", "s", "CLOSED", "e", "5", "leases", "A#1"));
        assertThat(answer.leases()).isEmpty();
    }

    @Test
    void areCorruptIfTheirStateMakesNoSense() {
        StoreAnswer answer = Replies.answer(List.of("OPENED", NOW, "v", "1", "s", "OPEN", "e", "-1"));
        assertThat(answer.status()).isEqualTo(Status.CORRUPT);
        assertThat(answer.isUsable()).isFalse();
    }

    static List<List<?>> nonsense() {
        return List.of(
                List.of(),
                List.of("OK"),
                List.of("FINE", NOW),
                List.of("OK", "now"),
                List.of("OK", -1L),
                List.of("OK", Long.MAX_VALUE),
                List.of("LEASED", NOW));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void areRefusedIfNoScriptAnswersSo(List<?> reply) {
        assertThatExceptionOfType(InvalidStoreDataException.class).isThrownBy(() -> Replies.answer(reply));
    }

    @Test
    void ofOneBadBreakerDoNotSpoilTheOthers() {
        SyncAnswers answers = Replies.sums(
                List.of(
                        NOW,
                        List.of(0L, 5L, -1L, 0L, 0L, 0L, 0L, 0L, 0L),
                        List.of(1L, NOW + StateReader.AHEAD_MILLIS + 1),
                        List.of(9L),
                        List.of(1L, 5L)),
                4);
        SyncAnswer corrupt = new SyncAnswer.Unusable(Status.CORRUPT);
        assertThat(answers.answers()).containsExactly(corrupt, corrupt, corrupt, new SyncAnswer.Stale(5));
    }

    @Test
    void ofAnotherNumberOfBreakersAreRefused() {
        assertThatExceptionOfType(InvalidStoreDataException.class)
                .isThrownBy(() -> Replies.sums(List.of(NOW, List.of(2L)), 2));
    }

    @Test
    void leaveOutOfTheLogWhatIsNoChangeOfABreaker() {
        assertThat(Replies.log(List.of(
                        ScoredValue.just(5, "payments"),
                        ScoredValue.just(5, "x".repeat(201)),
                        ScoredValue.just(5, "a\nb"),
                        ScoredValue.just(-1, "negative"),
                        ScoredValue.just(1.5, "between"),
                        ScoredValue.just(1e300, "huge"))))
                .containsExactly(new LogEntry("payments", 5));
    }
}
