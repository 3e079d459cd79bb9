package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.ProbeLease;
import dev.resilience.spring.shared.StoreAnswer.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node takes for what its fleet agreed on. */
class AgreementTests {

    private static final long NOW = 1_000_000;

    private final ManualFleet fleet = new ManualFleet();
    private final StoreLine line = new StoreLine(fleet, "payments", () -> {});
    private final Agreement agreement = new Agreement(fleet, line, 0, new Noting());

    /** Notes what it is to take over. */
    private final class Noting implements Agreement.Follower {

        @Override
        public void take(StoreAnswer answer, List<ProbeLease> leases) {
            agreement.note(answer);
        }

        @Override
        public void hearAgain(StoreAnswer answer, List<ProbeLease> leases) {}
    }

    private static FleetState state(String name, long epoch) {
        return FleetState.parse(
                Map.of("v", "1", "s", name, "e", String.valueOf(epoch), "r", String.valueOf(NOW + 1000)), NOW);
    }

    private static StoreAnswer answer(FleetState state) {
        return new StoreAnswer(Status.OK, NOW, state, List.of());
    }

    private void hear(FleetState state) {
        agreement.heard(new StateMessage("payments", NOW, state));
    }

    @Test
    void canBeUsedAgainOnceAMessageMakesSense() {
        line.foundUnusable(Status.CORRUPT);

        hear(state("CLOSED", 7));

        assertThat(line.isUsable()).isTrue();
    }

    @Test
    void isNotConfirmedByAMessage() {
        hear(state("OPEN", 7));

        assertThat(agreement.isConfirmed()).isFalse();
        assertThat(agreement.isRestorable()).isFalse();
    }

    @Test
    void isConfirmedByAnAnswerThatSaysTheSame() {
        hear(state("OPEN", 7));

        agreement.follow(answer(state("OPEN", 7)), List.of());

        assertThat(agreement.isRestorable()).isTrue();
    }

    @Test
    void isWhatTheStoreSaysWhereAMessageSaidSomethingElseOfTheSameEpoch() {
        hear(state("OPEN", 7));

        agreement.follow(answer(state("CLOSED", 7)), List.of());

        assertThat(agreement.breakerState()).isEqualTo(BreakerState.CLOSED);
        assertThat(agreement.isConfirmed()).isTrue();
    }
}
