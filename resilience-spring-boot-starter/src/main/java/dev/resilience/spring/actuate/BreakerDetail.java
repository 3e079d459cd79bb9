package dev.resilience.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resilience.GuardMode;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerSnapshot.LastFailure;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.BreakerTotals;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.breaker.WindowSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Everything about one breaker.
 *
 * @param keys the first keys of the name; null for an instance that has one itself
 * @param truncated true, or null where no key is left out
 * @param shared its part in a fleet; null where it has none
 * @param scope of an order that was just given: of the fleet or of this process alone; null elsewhere
 * @param pending true if that order will be the fleet's when its store is back; null elsewhere
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BreakerDetail(
        String name,
        @Nullable String key,
        BreakerState state,
        GuardMode mode,
        int rollout,
        long generation,
        Instant since,
        @Nullable TransitionReason reason,
        @Nullable Instant retryAt,
        boolean probeDue,
        int streak,
        Window window,
        Totals totals,
        long concurrent,
        @Nullable LastFailure lastFailure,
        @Nullable ForceView override,
        List<Entry> transitions,
        List<String> methods,
        Map<String, @Nullable Object> config,
        List<String> overridden,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> keys,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean truncated,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> shared,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scope,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean pending)
        implements OperationResponseBody {

    static BreakerDetail of(
            BreakerSnapshot seen,
            List<String> methods,
            @Nullable List<String> keys,
            FleetDirectory.@Nullable Part part) {
        return new BreakerDetail(
                seen.name().text(),
                seen.name().key(),
                seen.state(),
                seen.config().enforcement().mode(),
                seen.config().enforcement().rollout(),
                seen.generation(),
                seen.since(),
                seen.reason(),
                seen.retryAt(),
                seen.probeDue(),
                seen.streak(),
                Window.of(seen.window()),
                Totals.of(seen.totals()),
                seen.concurrent(),
                seen.lastFailure(),
                ForceView.of(seen.force()),
                seen.transitions().stream().map(Entry::of).toList(),
                methods,
                part == null ? ConfigView.of(seen.config()) : ConfigView.of(seen.config(), part.config()),
                seen.overridden(),
                keys == null ? null : Limit.DEFAULT.first(keys),
                keys == null ? null : Limit.DEFAULT.truncates(keys),
                part == null ? null : part.now(),
                null,
                null);
    }

    /** How far an order goes. */
    enum Reach {
        /** Every process obeys it. */
        FLEET,
        /** This process does, as it was meant. */
        NODE,
        /** This process does, and every one when the store is back. */
        PENDING;

        static Reach of(boolean staysHere, boolean isWithTheFleet) {
            return staysHere ? NODE : isWithTheFleet ? FLEET : PENDING;
        }
    }

    /** Returns this as the answer to an order; null: there is no fleet. */
    BreakerDetail ordered(@Nullable Reach reach) {
        return reach == null
                ? this
                : new BreakerDetail(
                        name,
                        key,
                        state,
                        mode,
                        rollout,
                        generation,
                        since,
                        reason,
                        retryAt,
                        probeDue,
                        streak,
                        window,
                        totals,
                        concurrent,
                        lastFailure,
                        override,
                        transitions,
                        methods,
                        config,
                        overridden,
                        keys,
                        truncated,
                        shared,
                        reach == Reach.FLEET ? "fleet" : "node",
                        reach == Reach.PENDING ? true : null);
    }

    /** What is in the window; rates are null as long as they say nothing. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Window(
            long calls,
            long failures,
            long slow,
            long refused,
            @Nullable Double failureRate,
            @Nullable Double slowCallRate,
            @Nullable Double saturationRate,
            Duration averageDuration) {

        static Window of(WindowSnapshot window) {
            return new Window(
                    window.calls(),
                    window.failures(),
                    window.slow(),
                    window.refused(),
                    window.failureRate(),
                    window.slowCallRate(),
                    window.saturationRate(),
                    window.averageDuration());
        }
    }

    /** What was counted since the breaker was made. */
    record Totals(
            long success,
            long failure,
            long timeout,
            long cancelled,
            long ignored,
            long slow,
            long rejected,
            long shadowRejected) {

        static Totals of(BreakerTotals totals) {
            return new Totals(
                    totals.calls().getOrDefault(Outcome.SUCCESS, 0L),
                    totals.calls().getOrDefault(Outcome.FAILURE, 0L),
                    totals.calls().getOrDefault(Outcome.TIMEOUT, 0L),
                    totals.calls().getOrDefault(Outcome.CANCELLED, 0L),
                    totals.calls().getOrDefault(Outcome.IGNORED, 0L),
                    totals.slow(),
                    totals.allRejected(),
                    totals.allShadowRejected());
        }
    }

    /** One entry into a state. */
    record Entry(
            Instant at,
            BreakerState from,
            BreakerState to,
            TransitionReason reason,
            long generation,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String node,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String by,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String why) {

        static Entry of(Transition transition) {
            return new Entry(
                    transition.at(),
                    transition.from(),
                    transition.to(),
                    transition.reason(),
                    transition.generation(),
                    transition.node(),
                    transition.attribution().by(),
                    transition.attribution().reason());
        }
    }
}
