package dev.resilience.breaker;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a vector's configuration; a key that it does not know is an error, not a default. */
final class VectorConfig {

    private static final Set<String> KNOWN = Set.of(
            "window",
            "minimum-calls",
            "failure-rate",
            "slow-call-duration",
            "slow-call-rate",
            "saturation-rate",
            "consecutive-failures",
            "open.duration",
            "open.multiplier",
            "open.max-duration",
            "open.jitter",
            "half-open.probes",
            "half-open.probe-timeout",
            "half-open.ramp");

    private final JsonNode config;

    private VectorConfig(JsonNode config) {
        this.config = config;
    }

    static BreakerConfig of(JsonNode config) {
        config.propertyNames().forEach(key -> {
            if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException(
                        "Unknown key " + key + " in a vector's config: must be one of " + KNOWN);
            }
        });
        VectorConfig read = new VectorConfig(config);
        return BreakerConfig.DEFAULTS
                .withWindow(read.window())
                .withTrip(read.trip())
                .withOpen(read.open())
                .withHalfOpen(read.halfOpen());
    }

    private WindowSize window() {
        JsonNode window = config.get("window");
        return window.isNumber() ? WindowSize.calls(window.asInt()) : WindowSize.time(millis(window));
    }

    private TripConfig trip() {
        TripConfig usual = TripConfig.DEFAULTS;
        return new TripConfig(
                config.get("minimum-calls").asInt(),
                config.get("failure-rate").asDouble(),
                config.has("slow-call-duration") ? millis(config.get("slow-call-duration")) : null,
                number("slow-call-rate", usual.slowCallRate()),
                config.has("saturation-rate") ? config.get("saturation-rate").asDouble() : null,
                config.has("consecutive-failures")
                        ? config.get("consecutive-failures").asInt()
                        : null);
    }

    private OpenConfig open() {
        OpenConfig usual = OpenConfig.DEFAULTS;
        return new OpenConfig(
                duration("open.duration", usual.duration()),
                number("open.multiplier", usual.multiplier()),
                duration("open.max-duration", usual.maxDuration()),
                number("open.jitter", 0));
    }

    private HalfOpenConfig halfOpen() {
        HalfOpenConfig usual = HalfOpenConfig.DEFAULTS;
        return new HalfOpenConfig(
                (int) number("half-open.probes", usual.probes()),
                duration("half-open.probe-timeout", usual.probeTimeout()),
                duration("half-open.ramp", usual.ramp()));
    }

    private double number(String key, double usual) {
        @Nullable JsonNode value = config.get(key);
        return value == null ? usual : value.asDouble();
    }

    private Duration duration(String key, Duration usual) {
        @Nullable JsonNode value = config.get(key);
        return value == null ? usual : millis(value);
    }

    private static Duration millis(JsonNode value) {
        String text = value.asString();
        if (!text.endsWith("ms")) {
            throw new IllegalArgumentException("Invalid duration " + text + ": must end with ms");
        }
        return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }
}
