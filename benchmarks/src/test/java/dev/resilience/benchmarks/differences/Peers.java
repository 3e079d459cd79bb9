package dev.resilience.benchmarks.differences;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.Ticker;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** This breaker and Resilience4j's, on one clock that stands unless a step turns it. */
final class Peers {

    /** What both are configured with. */
    record Limits(int window, int minimumCalls, int probes, double failureRate, double slowRate) {}

    static final Duration SLOW = Duration.ofMillis(10);
    static final Duration INTERVAL = Duration.ofMillis(30);

    private final Limits limits;
    private final CircuitBreaker ours;
    private final io.github.resilience4j.circuitbreaker.CircuitBreaker theirs;
    private long nanos;

    Peers(Limits limits) {
        this.limits = limits;
        this.ours = ours();
        this.theirs = theirs();
    }

    private CircuitBreaker ours() {
        Ticker ticker = new Ticker() {
            @Override
            public long nanos() {
                return nanos;
            }

            @Override
            public Instant instant() {
                return Instant.EPOCH.plusNanos(nanos);
            }
        };
        BreakerConfig config = BreakerConfig.DEFAULTS
                .withWindow(WindowSize.calls(limits.window()))
                .withTrip(TripConfig.DEFAULTS
                        .withMinimumCalls(limits.minimumCalls())
                        .withFailureRate(limits.failureRate())
                        .withSlowCalls(SLOW, limits.slowRate()))
                .withOpen(new OpenConfig(INTERVAL, 1, INTERVAL, 0))
                .withHalfOpen(new HalfOpenConfig(limits.probes(), Duration.ofDays(1), Duration.ZERO));
        return new CircuitBreaker(
                Name.of("ours"),
                config,
                BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
    }

    private io.github.resilience4j.circuitbreaker.CircuitBreaker theirs() {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.EPOCH.plusNanos(nanos);
            }
        };
        return io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                "theirs",
                CircuitBreakerConfig.custom()
                        .slidingWindow(limits.window(), limits.minimumCalls(), SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold((float) limits.failureRate())
                        .slowCallRateThreshold((float) limits.slowRate())
                        .slowCallDurationThreshold(SLOW)
                        .waitDurationInOpenState(INTERVAL)
                        .permittedNumberOfCallsInHalfOpenState(limits.probes())
                        .clock(clock)
                        .build());
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** Has both hold themselves open, or try again if they do already. */
    void force() {
        if (ours.release()) {
            theirs.transitionToHalfOpenState();
        } else {
            ours.force(Force.to(BreakerState.FORCED_OPEN));
            theirs.transitionToForcedOpenState();
        }
    }

    void reset() {
        ours.reset();
        theirs.reset();
    }

    /** Makes a call that both may permit, and returns what they did otherwise, or null. */
    @Nullable
    Difference call(Outcome outcome, Duration duration) {
        BreakerState before = ours.state();
        boolean due = ours.snapshot().probeDue();
        BreakerPermit permit = permit();
        if (theirs.tryAcquirePermission() != (permit != null)) {
            boolean instant = before == BreakerState.OPEN
                    && due
                    && Instant.EPOCH.plusNanos(nanos).equals(end());
            return explained(instant ? Difference.PROBE_AT_THE_INSTANT : null);
        }
        if (permit != null) {
            boolean probing = ours.state() == BreakerState.HALF_OPEN;
            end(permit, outcome, duration);
            return isSame() ? null : explained(why(probing, duration));
        }
        return isSame() ? null : explained(null);
    }

    private @Nullable Instant end() {
        // the interval before the probe: it began when the breaker opened, which the last transitions tell
        return ours.snapshot().transitions().stream()
                .filter(transition -> transition.to() == BreakerState.OPEN)
                .reduce((first, second) -> second)
                .map(opening -> opening.at().plus(INTERVAL))
                .orElse(null);
    }

    private @Nullable BreakerPermit permit() {
        try {
            return ours.acquire();
        } catch (BreakerOpenException refused) {
            return null;
        }
    }

    private void end(BreakerPermit permit, Outcome outcome, Duration duration) {
        ours.end(permit, outcome, nanos - duration.toNanos(), nanos, null);
        switch (outcome) {
            case SUCCESS -> theirs.onSuccess(duration.toNanos(), TimeUnit.NANOSECONDS);
            case FAILURE -> theirs.onError(duration.toNanos(), TimeUnit.NANOSECONDS, new IllegalStateException());
            default -> theirs.releasePermission();
        }
    }

    private boolean isSame() {
        BreakerState state = ours.state();
        boolean sameState = state.name().equals(theirs.getState().name());
        boolean judges = state == BreakerState.CLOSED || state == BreakerState.HALF_OPEN;
        return sameState && (!judges || sameCounts());
    }

    private boolean sameCounts() {
        return ours.snapshot().window().calls() == theirs.getMetrics().getNumberOfBufferedCalls()
                && ours.snapshot().window().failures() == theirs.getMetrics().getNumberOfFailedCalls()
                && ours.snapshot().window().slow() == theirs.getMetrics().getNumberOfSlowCalls();
    }

    private @Nullable Difference why(boolean probing, Duration duration) {
        if (duration.equals(SLOW)) {
            return Difference.SLOW_AT_THE_INSTANT;
        }
        if (probing
                && ours.state() == BreakerState.OPEN
                && theirs.getState().name().equals("HALF_OPEN")) {
            return Difference.EARLY_VERDICT;
        }
        if (probing && Math.min(limits.minimumCalls(), limits.window()) < limits.probes()) {
            return Difference.FEWER_PROBES;
        }
        return isRounded(limits.failureRate(), ours.snapshot().window().failures())
                        || isRounded(limits.slowRate(), ours.snapshot().window().slow())
                ? Difference.ROUNDED_RATE
                : null;
    }

    private boolean isRounded(double rate, long part) {
        long calls = ours.snapshot().window().calls();
        boolean rounded = part * 100.0f / calls >= (float) rate;
        boolean exact = BigDecimal.valueOf(100 * part)
                        .compareTo(BigDecimal.valueOf(rate).multiply(BigDecimal.valueOf(calls)))
                >= 0;
        return rounded != exact;
    }

    private Difference explained(@Nullable Difference difference) {
        if (difference == null) {
            throw new AssertionError(limits + " at " + nanos + " ns: " + ours.snapshot() + ", Resilience4j "
                    + theirs.getState() + " " + theirs.getMetrics().getNumberOfBufferedCalls() + " calls");
        }
        return difference;
    }
}
