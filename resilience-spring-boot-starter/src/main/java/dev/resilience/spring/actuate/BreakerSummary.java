package dev.resilience.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.registry.BreakerFamily;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of a name in short: the plain one, and how many keyed ones are in each state.
 *
 * @param keys keyed instances by state; null where there are none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record BreakerSummary(
        BreakerState state,
        @Nullable Double failureRate,
        @Nullable Double slowCallRate,
        @Nullable Double saturationRate,
        Instant since,
        @Nullable ForceView override,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<BreakerState, Integer> keys) {

    static BreakerSummary of(BreakerFamily family) {
        BreakerSnapshot plain = family.plain().snapshot();
        return new BreakerSummary(
                plain.state(),
                plain.window().failureRate(),
                plain.window().slowCallRate(),
                plain.window().saturationRate(),
                plain.since(),
                ForceView.of(plain.force()),
                states(family.all()));
    }

    private static @Nullable Map<BreakerState, Integer> states(List<CircuitBreaker> plainAndKeyed) {
        Map<BreakerState, Integer> states = new EnumMap<>(BreakerState.class);
        plainAndKeyed.stream().skip(1).forEach(breaker -> states.merge(breaker.state(), 1, Integer::sum));
        return states.isEmpty() ? null : states;
    }
}
