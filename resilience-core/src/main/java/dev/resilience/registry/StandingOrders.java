package dev.resilience.registry;

import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerOrders;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.Force;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an operator ordered for all instances of a name, those to come among them. Guarded by the family's lock. */
final class StandingOrders {

    private final Ticker ticker;
    private @Nullable Force force;
    private long forcedAt;
    private BreakerOverride override = BreakerOverride.NONE;
    private long overriddenAt;

    StandingOrders(Ticker ticker) {
        this.ticker = ticker;
    }

    void force(Force order) {
        force = order;
        forcedAt = ticker.nanos();
    }

    void release() {
        force = null;
    }

    void override(BreakerOverride order) {
        override = isOver(override.duration(), overriddenAt) ? order : override.replacedBy(order);
        overriddenAt = ticker.nanos();
    }

    void clearOverride() {
        override = BreakerOverride.NONE;
    }

    /** Returns the orders that still hold, for as long as they do. */
    BreakerOrders now() {
        BreakerOverride overriding = isOver(override.duration(), overriddenAt)
                ? BreakerOverride.NONE
                : override.lasting(left(override.duration(), overriddenAt));
        Force forcing = force;
        return new BreakerOrders(
                overriding,
                forcing == null || isOver(forcing.duration(), forcedAt)
                        ? null
                        : forcing.lasting(left(forcing.duration(), forcedAt)));
    }

    private boolean isOver(@Nullable Duration duration, long since) {
        return duration != null && ticker.nanos() - since >= duration.toNanos();
    }

    private @Nullable Duration left(@Nullable Duration duration, long since) {
        return duration == null ? null : duration.minusNanos(ticker.nanos() - since);
    }
}
