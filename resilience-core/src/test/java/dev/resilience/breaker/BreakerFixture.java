package dev.resilience.breaker;

import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A breaker on a clock and dice of the test's own: it opens at half of four calls, for ten seconds. */
final class BreakerFixture {

    static final BreakerConfig HALF_OF_FOUR = BreakerConfig.DEFAULTS
            .withWindow(WindowSize.calls(4))
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(4).withFailureRate(50))
            .withOpen(new OpenConfig(Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0))
            .withHalfOpen(new HalfOpenConfig(2, Duration.ofSeconds(5), Duration.ZERO));

    final ManualTicker ticker = new ManualTicker();
    final Deque<Double> dice = new ArrayDeque<>();
    final List<Transition> heard = new ArrayList<>();
    final CircuitBreaker breaker;

    BreakerFixture() {
        this(HALF_OF_FOUR);
    }

    BreakerFixture(BreakerConfig config) {
        breaker = new CircuitBreaker(
                Name.of("payments"),
                config,
                BreakerEnvironment.DEFAULT
                        .withListener(heard::add)
                        .withGuard(GuardEnvironment.DEFAULT.withTicker(ticker).withRandom(() -> dice.removeFirst())));
    }

    /** Makes calls that take no time and end so. */
    void calls(Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            end(breaker.acquire(), outcome);
        }
    }

    /** Makes a call that takes so long. */
    void call(Outcome outcome, Duration duration) {
        long start = ticker.nanos();
        BreakerPermit permit = breaker.acquire();
        ticker.advance(duration);
        breaker.end(permit, outcome, start, ticker.nanos(), null);
    }

    void end(BreakerPermit permit, Outcome outcome) {
        breaker.end(permit, outcome, ticker.nanos(), ticker.nanos(), null);
    }

    void open() {
        calls(Outcome.FAILURE, Outcome.FAILURE, Outcome.FAILURE, Outcome.FAILURE);
    }

    void advanceSeconds(long seconds) {
        ticker.advance(Duration.ofSeconds(seconds));
    }
}
