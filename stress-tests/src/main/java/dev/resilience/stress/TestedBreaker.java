package dev.resilience.stress;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A breaker on a clock of its own, with short words for what races do to it and for what they leave. */
final class TestedBreaker {

    static final Duration INTERVAL = Duration.ofSeconds(10);
    static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    /** Opens on nothing. */
    static final BreakerConfig STEADY = BreakerConfig.DEFAULTS
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(Integer.MAX_VALUE))
            .withOpen(new OpenConfig(INTERVAL, 1, INTERVAL, 0));

    /** Opens on the first failure. */
    static final BreakerConfig TOUCHY = STEADY.withTrip(STEADY.trip().withConsecutiveFailures(1));

    private static final Name NAME = Name.of("raced");

    private final HandTurnedTicker ticker = new HandTurnedTicker();
    private final CircuitBreaker breaker;

    TestedBreaker(BreakerConfig config) {
        this.breaker = new CircuitBreaker(
                NAME, config, BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
    }

    /** Returns a breaker that has judged one success, from which on it counts others without its lock. */
    static TestedBreaker warm(BreakerConfig config) {
        TestedBreaker made = new TestedBreaker(config);
        made.calls(Outcome.SUCCESS);
        return made;
    }

    /** Returns a breaker that is half-open in its second generation, for so many probes of which one bad one opens it. */
    static TestedBreaker halfOpen(int probes) {
        TestedBreaker made = new TestedBreaker(STEADY.withTrip(STEADY.trip().withFailureRate(1))
                .withHalfOpen(new HalfOpenConfig(probes, PROBE_TIMEOUT, Duration.ZERO)));
        made.force(BreakerState.FORCED_OPEN);
        made.breaker.release();
        return made;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    void advance(Duration time) {
        ticker.advance(time);
    }

    @Nullable
    BreakerPermit ask() {
        try {
            return breaker.acquire();
        } catch (BreakerOpenException refused) {
            return null;
        }
    }

    /** Makes as many calls in a row that end so. */
    void calls(Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            end(breaker.acquire(), outcome);
        }
    }

    void end(BreakerPermit permit, Outcome outcome) {
        long now = ticker.nanos();
        breaker.end(permit, outcome, now, now, null);
    }

    void force(BreakerState state) {
        breaker.force(Force.to(state));
    }

    /** Returns the state with its generation. */
    String standing() {
        return standing(breaker.snapshot());
    }

    private static String standing(BreakerSnapshot snapshot) {
        return snapshot.state() + "#" + snapshot.generation();
    }

    /** Returns how many calls are in the window, and how many of them failed. */
    String window() {
        return window(breaker.snapshot());
    }

    private static String window(BreakerSnapshot snapshot) {
        WindowSnapshot window = snapshot.window();
        return window.calls() + "/" + window.failures();
    }

    /** Returns how many calls have ended, and how many of them failed. */
    static String ended(BreakerSnapshot snapshot) {
        long failures = total(snapshot, Outcome.FAILURE) + total(snapshot, Outcome.TIMEOUT);
        return total(snapshot, Outcome.SUCCESS) + total(snapshot, Outcome.CANCELLED) + failures + "/" + failures;
    }

    private static long total(BreakerSnapshot snapshot, Outcome outcome) {
        return snapshot.totals().calls().getOrDefault(outcome, 0L);
    }

    /** Returns {@link #standing}, {@link #window}, what has ended, and how many permits are out. */
    String everything() {
        return everything(breaker.snapshot());
    }

    private static String everything(BreakerSnapshot now) {
        return standing(now) + ", window " + window(now) + ", ended " + ended(now) + ", out " + now.concurrent();
    }

    /** Returns {@link #everything} and how many calls were refused, of one moment. */
    String everythingAndRefusals() {
        BreakerSnapshot now = breaker.snapshot();
        return everything(now) + refusals(now);
    }

    /** Returns the state, how many permits are out, and how many calls were refused, of one moment. */
    String admitted() {
        BreakerSnapshot now = breaker.snapshot();
        return now.state() + ", out " + now.concurrent() + refusals(now);
    }

    private static String refusals(BreakerSnapshot snapshot) {
        return ", refused " + snapshot.totals().allRejected();
    }

    /** Returns {@link #window} and what has ended, of one moment. */
    String counts() {
        BreakerSnapshot now = breaker.snapshot();
        return "window " + window(now) + ", ended " + ended(now);
    }
}
