package dev.resilience.oracle;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOverride;
import org.jspecify.annotations.Nullable;

/**
 * A configuration and what an operator laid over it.
 *
 * @param until when what lies over it ends; null: it does not
 * @param effective what holds
 */
record ModelSettings(
        BreakerConfig beneath,
        BreakerOverride over,
        @Nullable Long until,
        BreakerConfig effective) {

    static ModelSettings of(BreakerConfig config) {
        return of(config, BreakerOverride.NONE, null);
    }

    private static ModelSettings of(BreakerConfig beneath, BreakerOverride over, @Nullable Long until) {
        Enforcement usual = beneath.enforcement();
        GuardMode mode = over.mode() == null ? usual.mode() : over.mode();
        int rollout = over.rollout() == null ? usual.rollout() : over.rollout();
        return new ModelSettings(beneath, over, until, beneath.withEnforcement(new Enforcement(mode, rollout)));
    }

    ModelSettings withConfig(BreakerConfig config) {
        return of(config, over, until);
    }

    /** Lays more over it, for as long as the newer order says. */
    ModelSettings withMore(BreakerOverride more, long now) {
        GuardMode mode = more.mode() == null ? over.mode() : more.mode();
        Integer rollout = more.rollout() == null ? over.rollout() : more.rollout();
        Long end =
                more.duration() == null ? null : (Long) (now + more.duration().toNanos());
        return of(beneath, new BreakerOverride(mode, rollout, null), end);
    }

    ModelSettings bare() {
        return of(beneath);
    }

    boolean isOverridden() {
        return !over.equals(BreakerOverride.NONE);
    }
}
