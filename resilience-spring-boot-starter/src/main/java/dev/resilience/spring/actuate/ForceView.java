package dev.resilience.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resilience.breaker.BreakerSnapshot.ForceInEffect;
import dev.resilience.breaker.BreakerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An operator's force as it is shown. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ForceView(
        BreakerState state,
        @Nullable String by,
        @Nullable String reason,
        @Nullable Instant until) {

    static @Nullable ForceView of(@Nullable ForceInEffect force) {
        return force == null ? null : new ForceView(force.state(), force.by(), force.reason(), force.until());
    }
}
