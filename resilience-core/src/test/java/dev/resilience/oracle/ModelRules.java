package dev.resilience.oracle;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that only count: in exact numbers, of what they are given. */
final class ModelRules {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigInteger ADMITTED = BigInteger.valueOf(1000);

    private ModelRules() {}

    /** Returns why a window opens the breaker, or null if it does not. After a refusal only saturation is judged. */
    static @Nullable TransitionReason tripped(
            BreakerConfig config,
            List<ModelWindow.Entry> outcomes,
            ModelWindow window,
            ModelWindow attempts,
            long now,
            boolean afterOutcome) {
        TripConfig trip = config.trip();
        if (afterOutcome) {
            if (trip.consecutiveFailures() != null && row(outcomes) >= trip.consecutiveFailures()) {
                return TransitionReason.CONSECUTIVE_FAILURES;
            }
            if (reached(config, window.failures(now), window.calls(now), trip.failureRate())) {
                return TransitionReason.FAILURE_RATE;
            }
            if (trip.slowCallDuration() != null
                    && reached(config, window.slow(now), window.calls(now), trip.slowCallRate())) {
                return TransitionReason.SLOW_CALL_RATE;
            }
        }
        return trip.saturationRate() != null
                        && reached(config, attempts.refused(now), attempts.calls(now), trip.saturationRate())
                ? TransitionReason.SATURATION
                : null;
    }

    /** Returns how many failures in a row came last; those that only their callers gave up are passed over. */
    private static int row(List<ModelWindow.Entry> outcomes) {
        int row = 0;
        for (ModelWindow.Entry outcome : outcomes) {
            row = outcome.failure() ? row + 1 : outcome.cancelled() ? row : 0;
        }
        return row;
    }

    /** Returns what follows from the probes that are back, or null if that is still open. */
    static @Nullable TransitionReason probed(BreakerConfig config, ModelProbes probes) {
        TripConfig trip = config.trip();
        int all = config.halfOpen().probes();
        if (isAtLeast(probes.failures(), trip.failureRate(), all)) {
            return TransitionReason.FAILURE_RATE;
        }
        if (trip.slowCallDuration() != null && isAtLeast(probes.slow(), trip.slowCallRate(), all)) {
            return TransitionReason.SLOW_CALL_RATE;
        }
        return probes.ended.size() >= all ? TransitionReason.PROBES_PASSED : null;
    }

    private static boolean reached(BreakerConfig config, long part, long whole, double rate) {
        return whole >= minimumCalls(config) && isAtLeast(part, rate, whole);
    }

    /** Returns whether 100 x part >= rate x whole. */
    private static boolean isAtLeast(long part, double rate, long whole) {
        BigDecimal threshold = BigDecimal.valueOf(rate).multiply(BigDecimal.valueOf(whole));
        return HUNDRED.multiply(BigDecimal.valueOf(part)).compareTo(threshold) >= 0;
    }

    static int minimumCalls(BreakerConfig config) {
        int minimum = config.trip().minimumCalls();
        return config.window() instanceof WindowSize.Calls calls ? Math.min(minimum, calls.count()) : minimum;
    }

    static boolean isSlow(TripConfig trip, Outcome outcome, long nanos) {
        Duration limit = trip.slowCallDuration();
        return switch (outcome) {
            case TIMEOUT -> true;
            case IGNORED -> false;
            case SUCCESS, FAILURE, CANCELLED -> limit != null && nanos >= limit.toNanos();
        };
    }

    /** Returns an open interval, rounded, of a nanosecond at least: a breaker that opens is open. */
    static long interval(OpenConfig open, int streak, double die) {
        BigDecimal longest = BigDecimal.valueOf(open.maxDuration().toNanos());
        BigDecimal interval = BigDecimal.valueOf(open.duration().toNanos());
        for (int i = 0; i < streak; i++) {
            interval = interval.multiply(BigDecimal.valueOf(open.multiplier())).min(longest);
        }
        BigDecimal share = BigDecimal.valueOf(open.jitter()).divide(HUNDRED);
        BigDecimal side = BigDecimal.valueOf(2 * die - 1);
        BigDecimal spread = interval.multiply(BigDecimal.ONE.add(share.multiply(side)));
        return spread.setScale(0, RoundingMode.HALF_UP).max(BigDecimal.ONE).longValue();
    }

    /** Returns the credit of a ramp after another call has asked. */
    static BigInteger earned(BigInteger credit, long elapsed, Duration ramp) {
        BigInteger share = BigInteger.valueOf(900)
                .multiply(BigInteger.valueOf(elapsed))
                .divide(BigInteger.valueOf(ramp.toNanos()));
        return credit.add(BigInteger.valueOf(100)).add(share);
    }

    static boolean suffices(BigInteger credit) {
        return credit.compareTo(ADMITTED) >= 0;
    }

    static BigInteger paid(BigInteger credit) {
        return credit.subtract(ADMITTED);
    }
}
