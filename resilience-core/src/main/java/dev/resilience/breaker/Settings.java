package dev.resilience.breaker;

import java.util.Objects;

/**
 * A breaker's configuration with what an operator laid over it. Immutable: a call reads one and sees no half of another.
 *
 * @param configured what the application configured
 * @param override what lies over it
 * @param overriddenAt when that was laid over it, by the ticker
 * @param effective the two together
 * @param timeoutNanos longest time that a call may take, {@link Long#MAX_VALUE} for as long as it takes
 */
record Settings(
        BreakerConfig configured,
        BreakerOverride override,
        long overriddenAt,
        BreakerConfig effective,
        long timeoutNanos) {

    static Settings of(BreakerConfig configured) {
        return of(configured, BreakerOverride.NONE, 0);
    }

    private static Settings of(BreakerConfig configured, BreakerOverride override, long overriddenAt) {
        BreakerConfig effective = override.over(configured);
        return new Settings(configured, override, overriddenAt, effective, timeoutNanos(effective));
    }

    private static long timeoutNanos(BreakerConfig effective) {
        return effective.timeout() == null || effective.enforcement().isOff()
                ? Long.MAX_VALUE
                : effective.timeout().toNanos();
    }

    Settings withConfigured(BreakerConfig other) {
        return of(other, override, overriddenAt);
    }

    Settings withOverride(BreakerOverride other, long now) {
        return of(configured, other, now);
    }

    boolean isOff() {
        return effective.enforcement().isOff();
    }

    /** Returns whether calls are measured and time alone changes nothing of this. */
    boolean isSteady() {
        return !isOff() && override.duration() == null;
    }

    /** Returns whether what lies over the configuration has come to its end by {@code now}. */
    boolean isOverrideOver(long now) {
        return override.duration() != null && now - overrideEnd() >= 0;
    }

    /** Returns the moment at which that comes to its end, which there must be. */
    long overrideEnd() {
        return overriddenAt + Objects.requireNonNull(override.duration()).toNanos();
    }

    Settings withoutOverride() {
        return of(configured);
    }
}
