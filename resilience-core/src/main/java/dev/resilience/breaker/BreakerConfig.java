package dev.resilience.breaker;

import dev.resilience.Enforcement;
import dev.resilience.InvalidSettingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a breaker opens, for how long, and what it takes to close again. Immutable; a value of this type is always valid.
 *
 * @param enforcement how serious the breaker is
 * @param window which outcomes are judged
 * @param trip what opens the breaker
 * @param timeout longest time that a call may take, above 0 and at most 365 days; null: none
 * @param exceptions which exceptions are failures
 * @param open how long it stays open
 * @param halfOpen how it finds its way back
 * @param maxKeys bound on keyed instances of the name, at least 1
 */
public record BreakerConfig(
        Enforcement enforcement,
        WindowSize window,
        TripConfig trip,
        @Nullable Duration timeout,
        ExceptionRules exceptions,
        OpenConfig open,
        HalfOpenConfig halfOpen,
        int maxKeys) {

    /** Opens at 50 percent failures of at least 10 calls within 30 seconds. */
    public static final BreakerConfig DEFAULTS = new BreakerConfig(
            Enforcement.FULL,
            WindowSize.time(Duration.ofSeconds(30)),
            TripConfig.DEFAULTS,
            null,
            ExceptionRules.DEFAULTS,
            OpenConfig.DEFAULTS,
            HalfOpenConfig.DEFAULTS,
            1000);

    /** @throws InvalidSettingException if {@code timeout} or {@code maxKeys} is out of its range */
    public BreakerConfig {
        if (timeout != null) {
            InvalidSettingException.requirePositive(timeout, "timeout");
        }
        InvalidSettingException.require(maxKeys >= 1, "max-keys", maxKeys, "must be at least 1");
    }

    /** Returns how many outcomes must be in the window before rates are judged. */
    int judgedFrom() {
        return window.reachable(trip.minimumCalls());
    }

    /** Returns a copy with another {@code enforcement}. */
    public BreakerConfig withEnforcement(Enforcement other) {
        return new BreakerConfig(other, window, trip, timeout, exceptions, open, halfOpen, maxKeys);
    }

    /** Returns a copy with another {@code window}. */
    public BreakerConfig withWindow(WindowSize other) {
        return new BreakerConfig(enforcement, other, trip, timeout, exceptions, open, halfOpen, maxKeys);
    }

    /** Returns a copy with another {@code trip}. */
    public BreakerConfig withTrip(TripConfig other) {
        return new BreakerConfig(enforcement, window, other, timeout, exceptions, open, halfOpen, maxKeys);
    }

    /** Returns a copy with another {@code timeout}. */
    public BreakerConfig withTimeout(@Nullable Duration other) {
        return new BreakerConfig(enforcement, window, trip, other, exceptions, open, halfOpen, maxKeys);
    }

    /** Returns a copy with other {@code exceptions}. */
    public BreakerConfig withExceptions(ExceptionRules other) {
        return new BreakerConfig(enforcement, window, trip, timeout, other, open, halfOpen, maxKeys);
    }

    /** Returns a copy with another {@code open}. */
    public BreakerConfig withOpen(OpenConfig other) {
        return new BreakerConfig(enforcement, window, trip, timeout, exceptions, other, halfOpen, maxKeys);
    }

    /** Returns a copy with another {@code halfOpen}. */
    public BreakerConfig withHalfOpen(HalfOpenConfig other) {
        return new BreakerConfig(enforcement, window, trip, timeout, exceptions, open, other, maxKeys);
    }

    /** Returns a copy with another {@code maxKeys}. */
    public BreakerConfig withMaxKeys(int other) {
        return new BreakerConfig(enforcement, window, trip, timeout, exceptions, open, halfOpen, other);
    }
}
