package dev.resilience.spring.metrics;

import dev.resilience.Outcome;
import dev.resilience.RejectionReason;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The meters of breakers; {@link GuardMeters} lists them. */
final class BreakerMeters {

    static final InstanceMeters.Kind<CircuitBreaker, BreakerView> KIND = new InstanceMeters.Kind<>(
            CircuitBreaker::name, BreakerView::of, view -> Set.of("all"), BreakerMeters::register);

    private static final List<RejectionReason> REASONS = List.of(
            RejectionReason.OPEN,
            RejectionReason.HALF_OPEN,
            RejectionReason.RECOVERING,
            RejectionReason.FORCED_OPEN,
            RejectionReason.DEADLINE);

    private BreakerMeters() {}

    private static void register(MeterSet<BreakerView> meters, String all) {
        for (Outcome outcome : Outcome.values()) {
            meters.timer(
                    "resilience.breaker.calls",
                    "Permitted calls that ended",
                    view -> view.totals().calls(outcome),
                    view -> view.totals().nanos(outcome),
                    "outcome",
                    tag(outcome));
        }
        meters.counter(
                "resilience.breaker.slow.calls",
                "Permitted calls that were slow",
                view -> view.totals().slow());
        REASONS.forEach(reason -> rejected(meters, reason));
        for (BreakerState state : BreakerState.values()) {
            inState(meters, state);
        }
        now(meters);
    }

    private static void rejected(MeterSet<BreakerView> meters, RejectionReason reason) {
        meters.counter(
                "resilience.breaker.rejected",
                "Calls that were refused, or would have been",
                view -> view.totals().rejected(reason),
                "reason",
                tag(reason),
                "enforced",
                "true");
        meters.counter(
                "resilience.breaker.rejected",
                "Calls that were refused, or would have been",
                view -> view.totals().shadowRejected(reason),
                "reason",
                tag(reason),
                "enforced",
                "false");
    }

    private static void inState(MeterSet<BreakerView> meters, BreakerState state) {
        meters.gauge(
                "resilience.breaker.state",
                "Breakers in the state",
                view -> view.states().of(state),
                "state",
                tag(state));
        meters.counter(
                "resilience.breaker.transitions",
                "Entries into the state",
                view -> view.totals().transitions(state),
                "to",
                tag(state));
    }

    private static void now(MeterSet<BreakerView> meters) {
        meters.gauge(
                "resilience.breaker.failure.rate",
                "Percent of the calls in the window that failed",
                view -> view.failureRate().percent());
        meters.gauge(
                "resilience.breaker.slow.rate",
                "Percent of the calls in the window that were slow",
                view -> view.slowRate().percent());
        meters.gauge(
                "resilience.breaker.saturation.rate",
                "Percent of the attempts in the window that the bulkhead refused",
                view -> view.saturationRate().percent());
        meters.gauge("resilience.breaker.concurrent", "Permitted calls that have not ended", BreakerView::concurrent);
    }

    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
