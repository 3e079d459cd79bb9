package dev.resilience.registry;

import dev.resilience.GuardMode;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerConfig;
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
        override = override.replacedBy(order);
        overriddenAt = ticker.nanos();
    }

    void clearOverride() {
        override = BreakerOverride.NONE;
    }

    /** Forgets what time or the mode ended: the instances that are there released their force when they were switched off. */
    void look(BreakerConfig config) {
        if (isOver(override.duration(), overriddenAt, ticker.nanos())) {
            override = BreakerOverride.NONE;
        }
        GuardMode mode = override.mode() == null ? config.enforcement().mode() : override.mode();
        if (mode == GuardMode.OFF) {
            release();
        }
    }

    /** Returns the orders that still hold, for as long as they do. */
    BreakerOrders now() {
        long now = ticker.nanos();
        BreakerOverride overriding = isOver(override.duration(), overriddenAt, now)
                ? BreakerOverride.NONE
                : override.lasting(left(override.duration(), overriddenAt, now));
        Force forcing = force;
        return new BreakerOrders(
                overriding,
                forcing == null || isOver(forcing.duration(), forcedAt, now)
                        ? null
                        : forcing.lasting(left(forcing.duration(), forcedAt, now)));
    }

    private static boolean isOver(@Nullable Duration duration, long since, long now) {
        return duration != null && now - since >= duration.toNanos();
    }

    private static @Nullable Duration left(@Nullable Duration duration, long since, long now) {
        return duration == null ? null : duration.minusNanos(now - since);
    }
}
