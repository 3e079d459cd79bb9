package dev.resilience.spring.actuate;

import dev.resilience.Enforcement;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.ExceptionRules;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings in effect, with the keys and spellings of a configuration file, so that they can be pasted into one. */
final class ConfigView {

    private static final List<String> ANY_FAILURE = List.of(Exception.class.getName(), Error.class.getName());

    private ConfigView() {}

    static Map<String, @Nullable Object> of(BreakerConfig config) {
        TripConfig trip = config.trip();
        Map<String, @Nullable Object> view = of(config.enforcement());
        view.put("window", window(config.window()));
        view.put("minimum-calls", trip.minimumCalls());
        view.put("failure-rate", trip.failureRate());
        view.put("slow-call-duration", trip.slowCallDuration() == null ? null : duration(trip.slowCallDuration()));
        view.put("slow-call-rate", trip.slowCallRate());
        view.put("saturation-rate", trip.saturationRate());
        view.put("consecutive-failures", trip.consecutiveFailures());
        view.put("timeout", config.timeout() == null ? null : duration(config.timeout()));
        view.put("exceptions", exceptions(config.exceptions()));
        view.put("open", open(config.open()));
        view.put("half-open", halfOpen(config.halfOpen()));
        view.put("max-keys", config.maxKeys());
        return view;
    }

    /** @param shared how it is shared with other processes, where durations are not written yet */
    static Map<String, @Nullable Object> of(BreakerConfig config, Map<String, @Nullable Object> shared) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        shared.forEach((key, value) -> written.put(key, value instanceof Duration length ? duration(length) : value));
        Map<String, @Nullable Object> view = of(config);
        view.put("shared", written);
        return view;
    }

    static Map<String, @Nullable Object> of(BulkheadConfig config) {
        Map<String, @Nullable Object> view = of(config.enforcement());
        view.put("max-concurrent", config.maxConcurrent());
        view.put("max-queue", config.maxQueue());
        view.put("max-wait", duration(config.waitOrDefault()));
        view.put("executor", config.executor().name().toLowerCase(Locale.ROOT));
        view.put("shares", config.shares());
        view.put("max-keys", config.maxKeys());
        return view;
    }

    private static Map<String, @Nullable Object> of(Enforcement enforcement) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("mode", enforcement.mode().name().toLowerCase(Locale.ROOT));
        view.put("rollout", enforcement.rollout());
        return view;
    }

    private static String window(WindowSize window) {
        return window instanceof WindowSize.Time time ? duration(time.length()) : window.toString();
    }

    private static Map<String, Object> exceptions(ExceptionRules rules) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("record", rules.record().isEmpty() ? ANY_FAILURE : names(rules.record()));
        view.put("ignore", names(rules.ignore()));
        return view;
    }

    private static List<String> names(List<Class<? extends Throwable>> types) {
        return types.stream().<String>map(Class::getName).toList();
    }

    private static Map<String, Object> open(OpenConfig open) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("duration", duration(open.duration()));
        view.put("multiplier", open.multiplier());
        view.put("max-duration", duration(open.maxDuration()));
        view.put("jitter", open.jitter());
        return view;
    }

    private static Map<String, Object> halfOpen(HalfOpenConfig halfOpen) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("probes", halfOpen.probes());
        view.put("probe-timeout", duration(halfOpen.probeTimeout()));
        view.put("ramp", duration(halfOpen.ramp()));
        return view;
    }

    /** Returns {@code 30s}: the largest unit that needs no fraction. */
    static String duration(Duration duration) {
        if (duration.toNanosPart() % 1_000 != 0) {
            return duration.toNanos() + "ns";
        }
        if (duration.toNanosPart() % 1_000_000 != 0) {
            return duration.toNanos() / 1_000 + "us";
        }
        if (duration.toNanosPart() != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }
}
