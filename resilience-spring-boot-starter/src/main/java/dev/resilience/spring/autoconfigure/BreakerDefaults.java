package dev.resilience.spring.autoconfigure;

import dev.resilience.GuardMode;
import dev.resilience.spring.shared.Quorum;
import dev.resilience.spring.shared.SharedMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every setting of a breaker, with the value that holds where none is given.
 *
 * @param mode How serious a breaker is about what it finds.
 * @param rollout Percent of calls on which enforce is really enforced; the rest are treated as shadow.
 * @param window Which calls are judged: those of the last so long (30s), or the last so many (100 calls).
 * @param minimumCalls Rates say nothing before so many outcomes are in the window.
 * @param failureRate Percent of failed calls at which a breaker opens.
 * @param slowCallDuration Duration from which on a call counts as slow; none: only one that timed out does.
 * @param slowCallRate Percent of slow calls at which a breaker opens, where slow-call-duration is set.
 * @param saturationRate Percent of attempts refused by the guard's own bulkhead at which a breaker opens.
 * @param consecutiveFailures Failures in a row that open a breaker, whatever the rate.
 * @param timeout Longest time that a call may take; none: as long as it takes.
 * @param exceptions Which exceptions are failures.
 * @param open How long a breaker stays open.
 * @param halfOpen How a breaker finds its way back.
 * @param shared How the breakers of a name agree over a fleet, where resilience.shared.enabled is true.
 * @param maxKeys Bound on the keyed instances of a name.
 */
record BreakerDefaults(
        @Allowed("enforce, shadow or off") @DefaultValue("enforce")
        GuardMode mode,

        @Allowed("0 to 100") @DefaultValue("100") int rollout,

        @Allowed("a duration above 0 and at most 365d, or a number of calls of at least 1 with its unit: 100 calls")
        @DefaultValue("30s")
        String window,

        @Allowed("at least 1") @DefaultValue("10") int minimumCalls,

        @Allowed("above 0 and at most 100") @DefaultValue("50")
        double failureRate,

        @Allowed("a duration above 0 and at most 365d") @Nullable
        Duration slowCallDuration,

        @Allowed("above 0 and at most 100") @DefaultValue("80")
        double slowCallRate,

        @Allowed("above 0 and at most 100") @Nullable Double saturationRate,
        @Allowed("at least 1") @Nullable Integer consecutiveFailures,

        @Allowed("a duration above 0 and at most 365d") @Nullable
        Duration timeout,

        @DefaultValue Exceptions exceptions,
        @DefaultValue Open open,
        @DefaultValue HalfOpen halfOpen,
        @DefaultValue Shared shared,
        @Allowed("at least 1") @DefaultValue("1000") int maxKeys) {

    /**
     * Which exceptions are failures.
     *
     * @param record Exceptions that count as failures, with their subclasses; any other counts as a success. None: every Exception and Error, less HTTP client errors.
     * @param ignore Exceptions that count as nothing, with their subclasses; wins over record.
     */
    record Exceptions(
            @Allowed("at least one name of a class that is a Throwable") @Nullable
            List<String> record,

            @Allowed("names of classes that are Throwables") @DefaultValue
            List<String> ignore) {}

    /**
     * How long a breaker stays open.
     *
     * @param duration First open interval.
     * @param multiplier Growth of the open interval from one to the next.
     * @param maxDuration Bound of the growth of the open interval.
     * @param jitter Percent by which an open interval is at most longer or shorter, drawn anew each time.
     */
    record Open(
            @Allowed("a duration above 0 and at most 365d") @DefaultValue("30s")
            Duration duration,

            @Allowed("1 to 100") @DefaultValue("2.0") double multiplier,

            @Allowed("a duration of at least open.duration and at most 365d") @DefaultValue("5m")
            Duration maxDuration,

            @Allowed("0 to 100") @DefaultValue("20") double jitter) {}

    /**
     * How the breakers of a name agree over a fleet.
     *
     * @param mode Whether they do; none: as resilience.shared.mode says.
     * @param quorum Nodes that must stand open, or be in trouble, before the fleet opens, or percent of those that are alive; none: as resilience.shared.quorum says.
     * @param averageDuration Average duration of the fleet's calls at which it opens, in shared-window.
     * @param concurrent Calls of the whole fleet under way at once at which it opens, in shared-window.
     */
    record Shared(
            @Allowed("shared-state, shared-window or off") @Nullable
            SharedMode mode,

            @Allowed(Quorum.RULE) @Nullable String quorum,

            @Allowed("a duration above 0 and at most 365d") @Nullable
            Duration averageDuration,

            @Allowed("at least 1") @Nullable Integer concurrent) {}

    /**
     * How a breaker finds its way back.
     *
     * @param probes Outcomes on which a half-open breaker is judged.
     * @param probeTimeout Time after which a probe without an outcome counts as a failure.
     * @param ramp Time over which the admitted share of calls grows after the probes have passed.
     */
    record HalfOpen(
            @Allowed("at least 1") @DefaultValue("5") int probes,

            @Allowed("a duration above 0 and at most 365d") @DefaultValue("30s")
            Duration probeTimeout,

            @Allowed("a duration of 0 to 365d") @DefaultValue("0s")
            Duration ramp) {}
}
