package dev.resilience.spring.autoconfigure;

import dev.resilience.Enforcement;
import dev.resilience.InvalidSettingException;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.ExceptionRules;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.OpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.spring.shared.Quorum;
import dev.resilience.spring.shared.SharedMode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.ClassUtils;

/** The only place where properties become the configurations of the core. */
final class Conversions {

    private static final Pattern CALLS = Pattern.compile("(\\d+)\\s+calls?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

    private final @Nullable ClassLoader classLoader;

    /** Creates conversions that find exceptions with a class loader. */
    Conversions(@Nullable ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    /** @throws InvalidSettingException if a setting is out of its range */
    BreakerConfig breaker(BreakerDefaults settings) {
        return new BreakerConfig(
                new Enforcement(settings.mode(), settings.rollout()),
                window(settings.window()),
                trip(settings),
                settings.timeout(),
                exceptions(settings.exceptions()),
                open(settings.open()),
                new HalfOpenConfig(
                        settings.halfOpen().probes(),
                        settings.halfOpen().probeTimeout(),
                        settings.halfOpen().ramp()),
                settings.maxKeys());
    }

    /**
     * Returns what an entry says of sharing; null where it says nothing.
     *
     * @param fleet how breakers agree whose entry does not say so; {@link SharedMode#OFF} if there is no fleet
     * @throws InvalidSettingException if a setting is out of its range, or the window is none that a fleet can share
     */
    SharedEntry sharing(BreakerDefaults settings, SharedMode fleet) {
        BreakerDefaults.Shared shared = settings.shared();
        Duration averageDuration = shared.averageDuration();
        if (averageDuration != null) {
            InvalidSettingException.requirePositive(averageDuration, "shared.average-duration");
        }
        Integer concurrent = shared.concurrent();
        InvalidSettingException.require(
                concurrent == null || concurrent >= 1, "shared.concurrent", concurrent, "must be at least 1");
        SharedMode own = shared.mode();
        switch (fleet == SharedMode.OFF || own == null ? fleet : own) {
            case SHARED_WINDOW -> requireWindowToShare(settings);
            case SHARED_STATE -> requireNoLimitsOfSums(shared);
            case OFF -> {}
        }
        return new SharedEntry(shared.mode(), quorum(shared.quorum()), averageDuration, concurrent);
    }

    private static void requireWindowToShare(BreakerDefaults settings) {
        InvalidSettingException.require(
                window(settings.window()) instanceof WindowSize.Time,
                "window",
                settings.window(),
                "must be a duration (30s), as this breaker's shared.mode is shared-window and the calls of a fleet have no order;"
                        + " with shared-state it can be a number of calls");
    }

    /** A limit that nobody judges would be one that somebody relies on. */
    private static void requireNoLimitsOfSums(BreakerDefaults.Shared shared) {
        String rule = "is judged in shared-window only: set shared.mode: shared-window, or leave it out";
        InvalidSettingException.require(
                shared.averageDuration() == null, "shared.average-duration", shared.averageDuration(), rule);
        InvalidSettingException.require(shared.concurrent() == null, "shared.concurrent", shared.concurrent(), rule);
    }

    private static @Nullable Quorum quorum(@Nullable String text) {
        try {
            return text == null ? null : Quorum.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new InvalidSettingException("shared.quorum", text, "must be " + Quorum.RULE);
        }
    }

    private static TripConfig trip(BreakerDefaults settings) {
        return new TripConfig(
                settings.minimumCalls(),
                settings.failureRate(),
                settings.slowCallDuration(),
                settings.slowCallRate(),
                settings.saturationRate(),
                settings.consecutiveFailures());
    }

    private static OpenConfig open(BreakerDefaults.Open open) {
        return new OpenConfig(open.duration(), open.multiplier(), open.maxDuration(), open.jitter());
    }

    /** @throws InvalidSettingException if a setting is out of its range */
    BulkheadConfig bulkhead(BulkheadDefaults settings) {
        return new BulkheadConfig(
                new Enforcement(settings.mode(), settings.rollout()),
                settings.maxConcurrent(),
                settings.maxQueue(),
                settings.maxWait(),
                settings.executor(),
                settings.shares(),
                settings.maxKeys());
    }

    private static WindowSize window(String text) {
        String window = text.trim();
        InvalidSettingException.require(
                !NUMBER.matcher(window).matches(),
                "window",
                window,
                "must say what it counts: '" + window + "s' for the calls of the last " + window + " seconds, or '"
                        + window + " calls' for the last " + window + " calls");
        Matcher calls = CALLS.matcher(window);
        try {
            return calls.matches()
                    ? WindowSize.calls(Integer.parseInt(calls.group(1)))
                    : WindowSize.time(duration(window));
        } catch (NumberFormatException tooLarge) {
            throw new InvalidSettingException("window", window, "must be at most " + Integer.MAX_VALUE + " calls");
        }
    }

    private static Duration duration(String window) {
        try {
            return DurationStyle.detectAndParse(window);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw new InvalidSettingException(
                    "window", window, "must be a duration (30s) or a number of calls (100 calls)");
        }
    }

    private ExceptionRules exceptions(BreakerDefaults.Exceptions exceptions) {
        List<String> record = exceptions.record();
        InvalidSettingException.require(
                record == null || !record.isEmpty(),
                "exceptions.record",
                record,
                "must name at least one class; leave the key out to record every exception");
        return new ExceptionRules(
                record == null ? List.of() : classes(record, "exceptions.record"),
                classes(exceptions.ignore(), "exceptions.ignore"));
    }

    private List<Class<? extends Throwable>> classes(List<String> names, String setting) {
        return names.stream()
                .<Class<? extends Throwable>>map(name -> throwable(name, setting))
                .toList();
    }

    private Class<? extends Throwable> throwable(String name, String setting) {
        Class<?> found;
        try {
            found = ClassUtils.forName(name.trim(), classLoader);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new InvalidSettingException(
                    setting, name, "must name classes on the class path; there is no " + name);
        }
        InvalidSettingException.require(
                Throwable.class.isAssignableFrom(found), setting, name, "must name Throwables; " + name + " is none");
        return found.asSubclass(Throwable.class);
    }
}
