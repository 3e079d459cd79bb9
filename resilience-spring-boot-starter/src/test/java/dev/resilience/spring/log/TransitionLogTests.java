package dev.resilience.spring.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.resilience.Name;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class TransitionLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(TransitionLogTests.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final TransitionLog log = new TransitionLog(logger);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        MDC.clear();
    }

    @Test
    void warnsThatABreakerOpened() {
        log.onTransition(entered(BreakerState.OPEN, TransitionReason.FAILURE_RATE, 61.666));
        assertThat(line().getLevel()).isEqualTo(Level.WARN);
        assertThat(line().getFormattedMessage())
                .isEqualTo(
                        "Breaker 'payments[eu-1]' went from CLOSED to OPEN: too many calls failed (62 %); calls are rejected");
    }

    @Test
    void carriesKeyValuesForMachines() {
        log.onTransition(entered(BreakerState.OPEN, TransitionReason.FAILURE_RATE, 61.666));
        assertThat(line().getKeyValuePairs())
                .extracting(pair -> pair.key, pair -> pair.value)
                .containsExactly(
                        tuple("breaker", "payments[eu-1]"),
                        tuple("from", "CLOSED"),
                        tuple("to", "OPEN"),
                        tuple("reason", "FAILURE_RATE"),
                        tuple("failureRate", 61.7));
    }

    @Test
    void leavesTheFailureRateOutWhereTheWindowSaidNothing() {
        log.onTransition(entered(BreakerState.FORCED_OPEN, TransitionReason.FORCED, null));
        assertThat(line().getKeyValuePairs()).extracting(pair -> pair.key).doesNotContain("failureRate");
    }

    @ParameterizedTest
    @EnumSource(
            value = BreakerState.class,
            names = {"OPEN", "FORCED_OPEN"})
    void warnsOfStatesThatRejectEveryCall(BreakerState state) {
        log.onTransition(entered(state, TransitionReason.FORCED, null));
        assertThat(line().getLevel()).isEqualTo(Level.WARN);
    }

    @ParameterizedTest
    @EnumSource(
            value = BreakerState.class,
            names = {"OPEN", "FORCED_OPEN"},
            mode = EnumSource.Mode.EXCLUDE)
    void informsOfAllOtherStates(BreakerState state) {
        log.onTransition(entered(state, TransitionReason.RELEASED, null));
        assertThat(line().getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void saysThatAStateWasEnteredAnew() {
        log.onTransition(entered(BreakerState.CLOSED, TransitionReason.RESET, null));
        assertThat(line().getFormattedMessage())
                .isEqualTo("Breaker 'payments[eu-1]' is CLOSED anew: an operator reset it; calls go through");
    }

    @Test
    void addsNoKeyThatTheMdcHasAlready() {
        MDC.put("reason", "nightly");
        log.onTransition(entered(BreakerState.OPEN, TransitionReason.SATURATION, null));
        assertThat(line().getKeyValuePairs()).extracting(pair -> pair.key).containsExactly("breaker", "from", "to");
        assertThat(line().getMDCPropertyMap()).containsEntry("reason", "nightly");
    }

    private ILoggingEvent line() {
        assertThat(lines.list).hasSize(1);
        return lines.list.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "FORCED_OPEN, FORCED, ann, repair, ann forced it (repair); calls are rejected",
        "FORCED_OPEN, FORCED, ann, , ann forced it; calls are rejected",
        "FORCED_OPEN, FORCED, , repair, an operator forced it (repair); calls are rejected",
        "FORCED_OPEN, FORCED, , , an operator forced it; calls are rejected",
        "HALF_OPEN, RELEASED, ann, it is back, ann released the force (it is back); a few calls probe the dependency",
        "HALF_OPEN, RELEASED, , , the force was released; a few calls probe the dependency",
        "HALF_OPEN, RESET, ann, false alarm, ann reset it (false alarm); a few calls probe the dependency"
    })
    void saysWhoOrderedItAndWhy(
            BreakerState to, TransitionReason reason, @Nullable String by, @Nullable String why, String said) {
        log.onTransition(entered(to, reason, null, new Attribution(by, why)));

        assertThat(line().getFormattedMessage())
                .isEqualTo("Breaker 'payments[eu-1]' went from CLOSED to " + to + ": " + said);
    }

    @Test
    void carriesWhoOrderedItAndWhyForMachines() {
        log.onTransition(
                entered(BreakerState.CLOSED, TransitionReason.RESET, null, new Attribution("ann", "false alarm")));

        assertThat(line().getKeyValuePairs())
                .extracting(pair -> pair.key, pair -> pair.value)
                .contains(tuple("by", "ann"), tuple("why", "false alarm"));
    }

    private static Transition entered(BreakerState to, TransitionReason reason, @Nullable Double failureRate) {
        return entered(to, reason, failureRate, Attribution.NONE);
    }

    private static Transition entered(
            BreakerState to, TransitionReason reason, @Nullable Double failureRate, Attribution by) {
        return new Transition(
                Name.of("payments").withKey("eu-1"),
                BreakerState.CLOSED,
                to,
                reason,
                1,
                Instant.EPOCH,
                failureRate,
                null,
                null,
                by);
    }
}
