package dev.resilience.oracle;

import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.BreakerTotals;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.WindowSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the product shows against what the model says.
 *
 * @param zero the time of day at the model's zero
 */
record Comparison(BreakerModel model, Name name, Instant zero) {

    private static final int SHOWN = 20;

    /** Throws an {@link AssertionError} where two things differ. Cheap where they do not: it runs millions of times. */
    void same(String where, String what, @Nullable Object seen, @Nullable Object expected) {
        if (!Objects.equals(seen, expected)) {
            throw new AssertionError(where + ": " + what + ": the product says " + seen + ", the model " + expected);
        }
    }

    private void same(String where, String what, Enum<?> which, @Nullable Object seen, @Nullable Object expected) {
        if (!Objects.equals(seen, expected)) {
            same(where, what + " " + which, seen, expected);
        }
    }

    void everything(String where, BreakerSnapshot seen) {
        same(where, "state", seen.state(), model.state);
        same(where, "generation", seen.generation(), (long) model.moves.size());
        same(where, "since", seen.since(), zero.plusNanos(model.since));
        same(where, "reason", seen.reason(), model.moves.isEmpty() ? null : last().reason());
        same(where, "retryAt", seen.retryAt(), model.state == BreakerState.OPEN ? zero.plusNanos(model.retryAt) : null);
        same(where, "probeDue", seen.probeDue(), model.isProbeDue());
        same(where, "streak", seen.streak(), model.streak);
        same(where, "concurrent", seen.concurrent(), model.concurrent);
        window(where, seen.window());
        totals(where, seen.totals());
        List<BreakerModel.Move> moves = model.moves;
        listed(where, seen.transitions(), moves.subList(Math.max(0, moves.size() - SHOWN), moves.size()));
    }

    private BreakerModel.Move last() {
        return model.moves.get(model.moves.size() - 1);
    }

    private void window(String where, WindowSnapshot seen) {
        ModelView expected = model.view();
        same(where, "calls in the window", seen.calls(), expected.calls());
        same(where, "failures in the window", seen.failures(), expected.failures());
        same(where, "slow calls in the window", seen.slow(), expected.slow());
        same(where, "refusals in the window", seen.refused(), expected.refused());
        same(where, "failure rate", seen.failureRate(), expected.failureRate());
        same(where, "slow-call rate", seen.slowCallRate(), expected.slowCallRate());
        same(where, "saturation rate", seen.saturationRate(), expected.saturationRate());
    }

    private void totals(String where, BreakerTotals seen) {
        for (Outcome outcome : Outcome.values()) {
            same(where, "total of", outcome, seen.calls().get(outcome), model.totals.calls(outcome));
            same(where, "time of", outcome, seen.nanos().get(outcome), model.totals.nanos(outcome));
        }
        same(where, "total of slow calls", seen.slow(), model.totals.slow());
        seen.rejected()
                .forEach((reason, count) ->
                        same(where, "total rejected by", reason, count, model.totals.rejected(reason)));
        seen.shadowRejected()
                .forEach((reason, count) ->
                        same(where, "total let through despite", reason, count, model.totals.shadowRejected(reason)));
        same(where, "all rejected", seen.allRejected(), (long) model.totals.rejected.size());
        same(where, "all let through", seen.allShadowRejected(), (long) model.totals.shadowRejected.size());
        for (BreakerState state : BreakerState.values()) {
            same(where, "entries into", state, seen.transitions().getOrDefault(state, 0L), model.totals.entered(state));
        }
    }

    void transitions(String where, List<Transition> heard) {
        listed(where, heard, model.moves);
    }

    private void listed(String where, List<Transition> seen, List<BreakerModel.Move> expected) {
        same(where, "number of transitions", seen.size(), expected.size());
        for (int i = 0; i < seen.size(); i++) {
            BreakerModel.Move move = expected.get(i);
            Transition transition = new Transition(
                    name,
                    move.from(),
                    move.to(),
                    move.reason(),
                    move.generation(),
                    zero.plusNanos(move.at()),
                    move.failureRate(),
                    move.slowCallRate(),
                    null,
                    Attribution.NONE);
            same(where, "transition", seen.get(i), transition);
        }
    }
}
