package dev.resilience.spring.shared;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import java.time.Duration;
import java.util.Locale;

/** The configuration of a scenario's node; what is not written is as the table of the conformance page says. */
record ScenarioConfig(ScenarioStep written) {

    BreakerConfig breaker() {
        TripConfig trip = TripConfig.DEFAULTS
                .withMinimumCalls((int) number("minimum-calls", 4))
                .withFailureRate((double) number("failure-rate", 50));
        if (written.has("slow-call-duration")) {
            trip = trip.withSlowCalls(millis("slow-call-duration", 0), (double) number("slow-call-rate", 80));
        }
        return BreakerConfig.DEFAULTS
                .withEnforcement(new Enforcement(
                        GuardMode.valueOf(written.text("guard-mode", "enforce").toUpperCase(Locale.ROOT)), 100))
                .withWindow(
                        written.has("window-time")
                                ? WindowSize.time(millis("window-time", 0))
                                : WindowSize.calls((int) number("window", 4)))
                .withTrip(trip)
                .withOpen(new OpenConfig(
                        millis("open.duration", 30_000),
                        (double) number("open.multiplier", 2),
                        millis("open.max-duration", 300_000),
                        0))
                .withHalfOpen(new HalfOpenConfig(
                        (int) number("half-open.probes", 2),
                        millis("half-open.probe-timeout", 10_000),
                        millis("half-open.ramp", 0)));
    }

    MemberSettings member() {
        return new MemberSettings(
                (int) number("quorum-max", 10),
                millis("vote-ttl", 30_000),
                millis("flush-interval", 500),
                25_000,
                millis("poll-interval", 10_000),
                millis("poll-interval-alone", 2000),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ZERO,
                millis("lease-start", 2000),
                millis("takeover", 1000),
                millis("state-ttl", 86_400_000),
                Duration.ofMillis(250),
                Duration.ofSeconds(2),
                hasMessages(),
                (int) number("max-breakers", 2000));
    }

    boolean hasMessages() {
        return !Boolean.FALSE.equals(written.get("pub-sub"));
    }

    Sharing sharing() {
        SharedMode mode = SharedMode.valueOf(
                written.text("mode", "shared-state").toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Sharing(
                mode,
                Quorum.parse(written.text("quorum", "1")),
                written.has("average-duration") ? millis("average-duration", 0) : null,
                written.has("concurrent") ? (int) number("concurrent", 0) : null);
    }

    private long number(String key, long otherwise) {
        return written.number(key, otherwise);
    }

    private Duration millis(String key, long otherwise) {
        return Duration.ofMillis(number(key, otherwise));
    }
}
