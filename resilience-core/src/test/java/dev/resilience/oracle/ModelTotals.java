package dev.resilience.oracle;

import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists of all that ever happened to a breaker. */
final class ModelTotals {

    /** A permitted call that ended. */
    record Ended(Outcome outcome, long nanos, boolean slow) {}

    final List<Ended> ended = new ArrayList<>();
    final List<RejectionReason> rejected = new ArrayList<>();
    final List<RejectionReason> shadowRejected = new ArrayList<>();
    final List<BreakerState> entered = new ArrayList<>();

    long calls(Outcome outcome) {
        return ended.stream().filter(call -> call.outcome() == outcome).count();
    }

    long nanos(Outcome outcome) {
        return ended.stream()
                .filter(call -> call.outcome() == outcome)
                .mapToLong(Ended::nanos)
                .sum();
    }

    long slow() {
        return ended.stream().filter(Ended::slow).count();
    }

    long rejected(RejectionReason reason) {
        return Collections.frequency(rejected, reason);
    }

    long shadowRejected(RejectionReason reason) {
        return Collections.frequency(shadowRejected, reason);
    }

    long entered(BreakerState state) {
        return Collections.frequency(entered, state);
    }
}
