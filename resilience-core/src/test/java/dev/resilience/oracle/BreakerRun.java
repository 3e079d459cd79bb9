package dev.resilience.oracle;

import dev.resilience.CallRejectedException;
import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The product and the model on one clock and one die, step by step. */
final class BreakerRun {

    /**
     * A call under way.
     *
     * @param permit what the product gave for it; null: a guard has it
     * @param answer ends it, where it goes through a guard
     */
    private record UnderWay(
            @Nullable BreakerPermit permit,
            @Nullable CompletableFuture<String> answer,
            BreakerModel.Permit model,
            long startedAt) {}

    private static final Name NAME = Name.of("oracle");

    private final ManualTicker ticker;
    private final BreakerModel model;
    private final CircuitBreaker breaker;
    private final @Nullable GuardedCalls guarded;
    private final List<Transition> heard = new ArrayList<>();
    private final List<UnderWay> calls = new ArrayList<>();
    private final Comparison comparison;
    private BreakerConfig config;
    private double die = 0.5;
    private String where = "";

    /**
     * Begins a run.
     *
     * @param origin where the clock begins
     * @param throughGuards whether calls go through guards, or ask for permits and end these
     */
    BreakerRun(BreakerConfig config, long origin, boolean throughGuards) {
        ticker = new ManualTicker(origin);
        this.config = config;
        model = new BreakerModel(config);
        breaker = new CircuitBreaker(
                NAME,
                config,
                BreakerEnvironment.DEFAULT
                        .withListener(heard::add)
                        .withGuard(GuardEnvironment.DEFAULT.withTicker(ticker).withRandom(() -> die)));
        guarded = throughGuards ? new GuardedCalls(breaker) : null;
        comparison = new Comparison(model, NAME, ticker.instant());
    }

    /** Returns the time and the state at it, by the model. */
    String time() {
        return model.now + " ns, " + model.state;
    }

    void take(int number, Step step) {
        where = "step " + number;
        die = step.die();
        model.die = die;
        int moves = model.moves.size();
        step.action().take(this);
        if (model.moves.size() > moves && model.state == BreakerState.OPEN) {
            Duration seen =
                    Duration.between(comparison.zero(), breaker.snapshot().retryAt());
            model.round(seen.toNanos());
        }
        comparison.transitions(where, heard);
        if (step.compared()) {
            compare(where);
        }
    }

    /** Lets the model take over how the product has rounded an interval that began in this step. */
    private void round() {
        if (model.state == BreakerState.OPEN && model.since == model.now) {
            Instant retryAt = breaker.snapshot().retryAt();
            comparison.same(where, "is open", retryAt != null, true);
            model.round(Duration.between(comparison.zero(), retryAt).toNanos());
        }
    }

    void compare(String when) {
        model.look();
        round();
        comparison.everything(when, breaker.snapshot());
        comparison.transitions(when, heard);
    }

    void pass(long nanos) {
        ticker.advance(Duration.ofNanos(nanos));
        model.now += nanos;
    }

    void passUntil(int limit, int offset) {
        List<Long> limits = model.limits();
        if (!limits.isEmpty()) {
            long until = limits.get(limit % limits.size()) + offset;
            pass(Math.max(0, until - model.now));
        }
    }

    void ask(boolean late) {
        BreakerModel.Answer expected = model.ask(late && guarded == null);
        UnderWay call = compared(expected, () -> {
            if (guarded != null) {
                return new UnderWay(null, guarded.begin(), expected.permit(), model.now);
            }
            BreakerPermit permit = late ? breaker.acquireTooLate() : breaker.acquire();
            return new UnderWay(permit, null, expected.permit(), model.now);
        });
        if (call != null) {
            calls.add(call);
        }
    }

    /** Does something that the product permits or refuses, just as the model expects. */
    private <T> @Nullable T compared(BreakerModel.Answer expected, Callable<T> asking) {
        RejectionReason seen = null;
        T result = null;
        try {
            result = asking.call();
        } catch (CallRejectedException rejection) {
            seen = rejection.reason();
            round();
            comparison.same(where, "retry after", rejection.retryAfter(), model.retryAfter(seen));
        } catch (Exception unexpected) {
            throw new AssertionError(where, unexpected);
        }
        round();
        comparison.same(where, "rejection", seen, expected.refusal());
        return result;
    }

    void end(int which, Outcome outcome, Length length) {
        if (calls.isEmpty()) {
            return;
        }
        UnderWay call = calls.remove(which % calls.size());
        if (call.answer() == null) {
            end(
                    call,
                    outcome,
                    length.nanos(
                            model.now - call.startedAt(), model.config().trip().slowCallDuration()));
        } else {
            Outcome possible = GuardedCalls.possible(outcome);
            GuardedCalls.end(call.answer(), possible);
            model.end(call.model(), possible, model.now - call.startedAt());
        }
    }

    private void end(UnderWay call, Outcome outcome, long nanos) {
        long now = ticker.nanos();
        breaker.end(call.permit(), outcome, now - nanos, now, null);
        model.end(call.model(), outcome, nanos);
    }

    void call(Outcome outcome, long nanos) {
        BreakerModel.Answer expected = model.ask(false);
        if (guarded != null) {
            Outcome possible = GuardedCalls.possible(outcome);
            compared(expected, () -> {
                guarded.call(possible, () -> pass(nanos));
                return possible;
            });
            if (expected.permit() != null) {
                model.end(expected.permit(), possible, nanos);
            }
            return;
        }
        UnderWay call = compared(expected, () -> new UnderWay(breaker.acquire(), null, expected.permit(), model.now));
        if (call != null) {
            pass(nanos);
            end(call, outcome, nanos);
        }
    }

    void refuse(int which) {
        if (guarded != null) {
            BreakerModel.Answer expected = model.ask(false);
            compared(expected, () -> {
                guarded.refused();
                return where;
            });
            if (expected.permit() != null) {
                model.refuse(expected.permit());
            }
        } else if (!calls.isEmpty()) {
            UnderWay call = calls.remove(which % calls.size());
            breaker.refuse(call.permit());
            model.refuse(call.model());
        }
    }

    void giveBack(int which) {
        if (guarded == null && !calls.isEmpty()) {
            UnderWay call = calls.remove(which % calls.size());
            breaker.giveBack(call.permit());
            model.giveBack(call.model());
        }
    }

    void isCurrent(int which) {
        if (guarded == null && !calls.isEmpty()) {
            UnderWay call = calls.get(which % calls.size());
            boolean seen = breaker.isCurrent(call.permit());
            boolean expected = model.isCurrent(call.model());
            if (call.model().isJudged()) {
                comparison.same(where, "is current", seen, expected);
            }
        }
    }

    void hold(BreakerState state, @Nullable Long nanos) {
        Force force = new Force(state, nanos == null ? null : Duration.ofNanos(nanos), null, null);
        boolean taken = true;
        try {
            breaker.force(force);
        } catch (IllegalStateException off) {
            taken = false;
        }
        comparison.same(where, "taken", taken, model.force(force));
    }

    void release() {
        comparison.same(where, "released", breaker.release(), model.release());
    }

    void reset() {
        breaker.reset();
        model.reset();
    }

    void configure(Part part, BreakerConfig source) {
        config = part.taken(source, config);
        breaker.configure(config);
        model.configure(config);
    }

    void override(BreakerOverride order) {
        breaker.override(order);
        model.override(order);
    }

    void clearOverride() {
        comparison.same(where, "cleared", breaker.clearOverride(), model.clearOverride());
    }
}
