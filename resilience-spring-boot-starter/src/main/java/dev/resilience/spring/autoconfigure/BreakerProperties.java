package dev.resilience.spring.autoconfigure;

import static dev.resilience.spring.autoconfigure.Settings.own;
import static dev.resilience.spring.autoconfigure.Settings.ownOrNone;

import dev.resilience.GuardMode;
import dev.resilience.spring.shared.SharedMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one breaker; what is left out comes from its template, then from {@code resilience.defaults.breaker}.
 *
 * @param template Name of another entry, whose settings hold where this one has none.
 * @param mode How serious the breaker is: enforce, shadow (measures, refuses nothing) or off (lets everything through).
 * @param rollout Percent of calls, 0 to 100, on which enforce is really enforced; the rest are treated as shadow.
 * @param window Which calls are judged: those of the last so long (30s), or the last so many (100 calls).
 * @param minimumCalls Rates say nothing before so many outcomes are in the window, at least 1.
 * @param failureRate Percent of failed calls, above 0 and at most 100, at which the breaker opens.
 * @param slowCallDuration Duration from which on a call counts as slow.
 * @param slowCallRate Percent of slow calls, above 0 and at most 100, at which the breaker opens.
 * @param saturationRate Percent of attempts refused by the guard's own bulkhead, above 0 and at most 100, at which the breaker opens.
 * @param consecutiveFailures Failures in a row, at least 1, that open the breaker.
 * @param timeout Longest time that a call may take.
 * @param exceptions Which exceptions are failures.
 * @param open How long the breaker stays open.
 * @param halfOpen How the breaker finds its way back.
 * @param shared How the breakers of the name agree over a fleet, where resilience.shared.enabled is true.
 * @param maxKeys Bound on the keyed instances of the name, at least 1.
 */
record BreakerProperties(
        @Nullable String template,
        @Nullable GuardMode mode,
        @Nullable Integer rollout,
        @Nullable String window,
        @Nullable Integer minimumCalls,
        @Nullable Double failureRate,
        @Nullable Duration slowCallDuration,
        @Nullable Double slowCallRate,
        @Nullable Double saturationRate,
        @Nullable Integer consecutiveFailures,
        @Nullable Duration timeout,
        @Nullable Exceptions exceptions,
        @Nullable Open open,
        @Nullable HalfOpen halfOpen,
        @Nullable Shared shared,
        @Nullable Integer maxKeys) {

    /** Returns all settings: these, and where there is none, the ones beneath. */
    BreakerDefaults over(BreakerDefaults beneath) {
        return new BreakerDefaults(
                own(mode, beneath.mode()),
                own(rollout, beneath.rollout()),
                own(window, beneath.window()),
                own(minimumCalls, beneath.minimumCalls()),
                own(failureRate, beneath.failureRate()),
                ownOrNone(slowCallDuration, beneath.slowCallDuration()),
                own(slowCallRate, beneath.slowCallRate()),
                ownOrNone(saturationRate, beneath.saturationRate()),
                ownOrNone(consecutiveFailures, beneath.consecutiveFailures()),
                ownOrNone(timeout, beneath.timeout()),
                exceptions == null ? beneath.exceptions() : exceptions.over(beneath.exceptions()),
                open == null ? beneath.open() : open.over(beneath.open()),
                halfOpen == null ? beneath.halfOpen() : halfOpen.over(beneath.halfOpen()),
                shared == null ? beneath.shared() : shared.over(beneath.shared()),
                own(maxKeys, beneath.maxKeys()));
    }

    /**
     * Which exceptions are failures.
     *
     * @param record Names of exceptions that count as failures, with their subclasses; any other counts as a success.
     * @param ignore Names of exceptions that count as nothing, with their subclasses; wins over record.
     */
    record Exceptions(
            @Nullable List<String> record, @Nullable List<String> ignore) {

        private BreakerDefaults.Exceptions over(BreakerDefaults.Exceptions beneath) {
            return new BreakerDefaults.Exceptions(ownOrNone(record, beneath.record()), own(ignore, beneath.ignore()));
        }
    }

    /**
     * How long the breaker stays open.
     *
     * @param duration First open interval.
     * @param multiplier Growth of the open interval from one to the next, 1 to 100.
     * @param maxDuration Bound of the growth, at least the duration.
     * @param jitter Percent, 0 to 100, by which an open interval is at most longer or shorter.
     */
    record Open(
            @Nullable Duration duration,
            @Nullable Double multiplier,
            @Nullable Duration maxDuration,
            @Nullable Double jitter) {

        private BreakerDefaults.Open over(BreakerDefaults.Open beneath) {
            return new BreakerDefaults.Open(
                    own(duration, beneath.duration()),
                    own(multiplier, beneath.multiplier()),
                    own(maxDuration, beneath.maxDuration()),
                    own(jitter, beneath.jitter()));
        }
    }

    /**
     * How the breakers of the name agree over a fleet.
     *
     * @param mode Whether they do.
     * @param quorum Nodes that must stand open, or be in trouble, before the fleet opens, at least 1, or percent of those that are alive.
     * @param averageDuration Average duration of the fleet's calls at which it opens, in shared-window.
     * @param concurrent Calls of the whole fleet under way at once, at least 1, at which it opens, in shared-window.
     */
    record Shared(
            @Nullable SharedMode mode,
            @Nullable String quorum,
            @Nullable Duration averageDuration,
            @Nullable Integer concurrent) {

        private BreakerDefaults.Shared over(BreakerDefaults.Shared beneath) {
            return new BreakerDefaults.Shared(
                    ownOrNone(mode, beneath.mode()),
                    ownOrNone(quorum, beneath.quorum()),
                    ownOrNone(averageDuration, beneath.averageDuration()),
                    ownOrNone(concurrent, beneath.concurrent()));
        }
    }

    /**
     * How the breaker finds its way back.
     *
     * @param probes Outcomes on which the half-open breaker is judged, at least 1.
     * @param probeTimeout Time after which a probe without an outcome counts as a failure.
     * @param ramp Time over which the admitted share of calls grows after the probes have passed.
     */
    record HalfOpen(
            @Nullable Integer probes,
            @Nullable Duration probeTimeout,
            @Nullable Duration ramp) {

        private BreakerDefaults.HalfOpen over(BreakerDefaults.HalfOpen beneath) {
            return new BreakerDefaults.HalfOpen(
                    own(probes, beneath.probes()),
                    own(probeTimeout, beneath.probeTimeout()),
                    own(ramp, beneath.ramp()));
        }
    }
}
