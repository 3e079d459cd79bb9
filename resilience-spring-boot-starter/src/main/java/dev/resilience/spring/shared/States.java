package dev.resilience.spring.shared;

import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.ProbeLease;
import dev.resilience.breaker.SharedState;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.TripConfig;
import dev.resilience.spring.shared.StoreCommand.Interval;
import dev.resilience.spring.shared.StoreCommand.Round;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Translates between what the store keeps and what a breaker of this process understands. */
final class States {

    private static final int PER_MILLE = 1000;
    private static final int DRAWS = 1_000_000;
    private static final int PERCENT = 10;
    private static final long CLOCKS_DIFFER_MILLIS = 1000;
    /* The longest that the scripts take; a breaker that is configured for longer has these in its fleet. */
    private static final Duration LONGEST_FIRST_OPEN = Duration.ofDays(1);
    private static final Duration LONGEST_OPEN = Duration.ofDays(7);
    private static final Duration LONGEST_RAMP = Duration.ofDays(1);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);
    /** What a lease lasts longer than its start and its probe together. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(1);

    private States() {}

    /**
     * Returns the state for a breaker to take over.
     *
     * @param now the store's time of the answer that the state came with
     * @param config bounds the interval: nobody elsewhere can keep a breaker open for longer than its own configuration allows
     */
    static SharedState toAdopt(@Nullable FleetState seen, long now, BreakerConfig config, List<ProbeLease> leases) {
        if (seen == null) {
            return closed();
        }
        return new SharedState(
                seen.state(),
                seen.epoch(),
                reason(seen),
                seen.node().isEmpty() ? "another node" : seen.node(),
                attribution(seen),
                left(seen, now, config),
                millis(Math.min(seen.interval(), longestInterval(config))),
                seen.streak(),
                seen.state().isForced() ? force(seen, now) : null,
                seen.state() == BreakerState.HALF_OPEN
                        ? new SharedState.Round(seen.places(), seen.done(), seen.failed(), seen.slow())
                        : null,
                leases);
    }

    private static SharedState closed() {
        return new SharedState(
                BreakerState.CLOSED,
                0,
                TransitionReason.FORGOTTEN,
                "the store",
                Attribution.NONE,
                Duration.ZERO,
                Duration.ZERO,
                0,
                null,
                null,
                List.of());
    }

    /** Returns how long an open state or a recovery lasts, within what the configuration allows; zero for other states. */
    static Duration left(FleetState seen, long now, BreakerConfig config) {
        return switch (seen.state()) {
            case OPEN -> millis(Math.min(seen.retryAt() - now, longestInterval(config)));
            case RECOVERING ->
                millis(Math.min(
                        seen.rampEndsAt() - now, config.halfOpen().ramp().toMillis()));
            default -> Duration.ZERO;
        };
    }

    /**
     * Returns whether others keep a breaker open for longer than its own configuration allows: by more than clocks differ.
     *
     * @param nanos how long it has stood open by its own clock
     */
    static boolean isOpenTooLong(FleetState seen, long now, long nanos, BreakerConfig config) {
        return seen.state() == BreakerState.OPEN
                && seen.retryAt() - now > CLOCKS_DIFFER_MILLIS
                && nanos >= TimeUnit.MILLISECONDS.toNanos(longestInterval(config));
    }

    private static long longestInterval(BreakerConfig config) {
        double spread = 1 + config.open().jitter() / 100;
        return (long) Math.ceil(config.open().maxDuration().toMillis() * spread);
    }

    /** Returns a time that may be over already. */
    static Duration millis(long millis) {
        return Duration.ofMillis(Math.max(0, millis));
    }

    /** Returns a force as it holds from now on, of a state that is one. */
    static Force force(FleetState seen, long now) {
        Duration left = seen.forcedUntil() == 0 ? null : Duration.ofMillis(Math.max(1, seen.forcedUntil() - now));
        Attribution attribution = attribution(seen);
        return new Force(seen.state(), left, attribution.by(), attribution.reason());
    }

    /** Returns who ordered a state, and why; {@link Attribution#NONE} for one that is no order. */
    static Attribution attribution(FleetState seen) {
        return new Attribution(orNull(seen.orderedBy()), orNull(seen.orderReason()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static TransitionReason reason(FleetState seen) {
        for (TransitionReason reason : TransitionReason.values()) {
            if (reason.name().equals(seen.reason())) {
                return reason;
            }
        }
        return switch (seen.state()) {
            case CLOSED -> TransitionReason.RESET;
            case OPEN -> TransitionReason.FAILURE_RATE;
            case HALF_OPEN -> TransitionReason.PROBE_DUE;
            case RECOVERING -> TransitionReason.PROBES_PASSED;
            case FORCED_OPEN, FORCED_CLOSED -> TransitionReason.FORCED;
        };
    }

    /** Returns from what the store draws an open interval. */
    static Interval interval(BreakerConfig config, double random) {
        return new Interval(
                Waits.shorterOf(config.open().duration(), LONGEST_FIRST_OPEN),
                config.open().multiplier(),
                Waits.shorterOf(config.open().maxDuration(), LONGEST_OPEN),
                (int) Math.round(config.open().jitter()),
                (int) (random * DRAWS));
    }

    /** Returns the rules of a round of probes. */
    static Round round(BreakerConfig config) {
        TripConfig trip = config.trip();
        return new Round(
                Math.min(config.halfOpen().probes(), 10_000),
                perMille(trip.failureRate()),
                trip.slowCallDuration() == null ? 0 : perMille(trip.slowCallRate()),
                Waits.shorterOf(config.halfOpen().ramp(), LONGEST_RAMP));
    }

    /** Returns how long a lease is good for: until its probe has begun, and ended. */
    static Duration lease(BreakerConfig config, Duration start) {
        return Waits.shorterOf(start.plus(config.halfOpen().probeTimeout()).plus(LEASE_MARGIN), LONGEST_LEASE);
    }

    private static int perMille(double percent) {
        return Math.max(1, Math.min(PER_MILLE, (int) Math.round(percent * PERCENT)));
    }
}
