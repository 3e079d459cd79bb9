package dev.resilience.oracle;

import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The product and the model on one clock and one die, step by step. */
final class BreakerRun {

    /** A call under way. */
    private record UnderWay(BreakerPermit permit, BreakerModel.Permit model, long startedAt) {}

    private final ManualTicker ticker;
    private final BreakerModel model;
    private final CircuitBreaker breaker;
    private final List<Transition> heard = new ArrayList<>();
    private final List<UnderWay> calls = new ArrayList<>();
    private final Comparison comparison;
    private double die = 0.5;
    private String where = "";

    BreakerRun(BreakerConfig config, long origin) {
        ticker = new ManualTicker(origin);
        model = new BreakerModel(config);
        breaker = new CircuitBreaker(
                Name.of("oracle"),
                config,
                BreakerEnvironment.DEFAULT
                        .withListener(heard::add)
                        .withGuard(GuardEnvironment.DEFAULT.withTicker(ticker).withRandom(() -> die)));
        comparison = new Comparison(model, ticker.instant());
    }

    void take(int number, Step step) {
        where = "step " + number + ", " + step.action() + ", at " + model.now + " ns in " + model.state;
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
            comparison.same(where + ": is open", retryAt != null, true);
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

    void ask() {
        UnderWay call = asked();
        if (call != null) {
            calls.add(call);
        }
    }

    private @Nullable UnderWay asked() {
        List<BreakerModel.Permit> granted = new ArrayList<>();
        RejectionReason expected = model.ask(granted);
        RejectionReason seen = null;
        BreakerPermit permit = null;
        try {
            permit = breaker.acquire();
        } catch (BreakerOpenException rejection) {
            seen = rejection.reason();
            round();
            comparison.same(where + ": retry after", rejection.retryAfter(), model.retryAfter());
        }
        comparison.same(where + ": rejection", seen, expected);
        return permit == null ? null : new UnderWay(permit, granted.get(0), model.now);
    }

    void end(int which, Outcome outcome, Length length) {
        if (!calls.isEmpty()) {
            UnderWay call = calls.remove(which % calls.size());
            Duration slow = model.config.trip().slowCallDuration();
            long usual = slow == null ? 0 : slow.toNanos();
            long nanos = switch (length) {
                case AS_IT_WAS -> model.now - call.startedAt();
                case NONE -> 0;
                case JUST_NOT_SLOW -> Math.max(0, usual - 1);
                case JUST_SLOW -> usual;
            };
            end(call, outcome, nanos);
        }
    }

    private void end(UnderWay call, Outcome outcome, long nanos) {
        long now = ticker.nanos();
        breaker.end(call.permit(), outcome, now - nanos, now, null);
        model.end(call.model(), outcome, nanos);
    }

    void call(Outcome outcome, long nanos) {
        UnderWay call = asked();
        if (call != null) {
            pass(nanos);
            end(call, outcome, nanos);
        }
    }

    void refuse(int which) {
        if (!calls.isEmpty()) {
            UnderWay call = calls.remove(which % calls.size());
            breaker.refuse(call.permit());
            model.refuse(call.model());
        }
    }

    void giveBack(int which) {
        if (!calls.isEmpty()) {
            UnderWay call = calls.remove(which % calls.size());
            breaker.giveBack(call.permit());
            model.giveBack(call.model());
        }
    }

    void isCurrent(int which) {
        if (!calls.isEmpty()) {
            UnderWay call = calls.get(which % calls.size());
            comparison.same(where, breaker.isCurrent(call.permit()), model.isCurrent(call.model()));
        }
    }

    void hold(BreakerState state, @Nullable Long nanos) {
        Force force = new Force(state, nanos == null ? null : Duration.ofNanos(nanos), null, null);
        breaker.force(force);
        model.force(force);
    }

    void release() {
        comparison.same(where, breaker.release(), model.release());
    }

    void reset() {
        breaker.reset();
        model.reset();
    }
}
