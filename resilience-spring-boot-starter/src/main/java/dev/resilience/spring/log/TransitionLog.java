package dev.resilience.spring.log;

import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerListener;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Transition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs each transition of a breaker: at WARN where it stops calls, at INFO else.
 *
 * <p>A line has a message for people and the key-values {@code breaker}, {@code from}, {@code to}, {@code reason}, where the window
 * said something {@code failureRate}, where somebody ordered it {@code by} and {@code why}, and where the fleet decided it
 * {@code node}. The {@code traceId} of the call that caused it comes with the MDC, where tracing puts it.
 * Safe for use by many threads.
 */
public final class TransitionLog implements BreakerListener {

    private final Logger log;

    /** Creates a log with the name of this class. */
    public TransitionLog() {
        this(LoggerFactory.getLogger(TransitionLog.class));
    }

    TransitionLog(Logger log) {
        this.log = log;
    }

    @Override
    public void onTransition(Transition transition) {
        LoggingEventBuilder event = transition.to().isOpen() ? log.atWarn() : log.atInfo();
        event = with(event, "breaker", transition.name().toString());
        event = with(event, "from", transition.from().name());
        event = with(event, "to", transition.to().name());
        event = with(event, "reason", transition.reason().name());
        if (transition.failureRate() != null) {
            event = with(event, "failureRate", Math.round(transition.failureRate() * 10) / 10.0);
        }
        if (transition.node() != null) {
            event = with(event, "node", transition.node());
        }
        Attribution attribution = transition.attribution();
        if (attribution.by() != null) {
            event = with(event, "by", attribution.by());
        }
        if (attribution.reason() != null) {
            event = with(event, "why", attribution.reason());
        }
        event.log(message(transition));
    }

    /** Spring Boot's structured formats lose a line that has a key both here and in the MDC. */
    private static LoggingEventBuilder with(LoggingEventBuilder event, String key, Object value) {
        return MDC.get(key) == null ? event.addKeyValue(key, value) : event;
    }

    private static String message(Transition transition) {
        String change = transition.from() == transition.to()
                ? " is " + transition.to() + " anew"
                : " went from " + transition.from() + " to " + transition.to();
        return "Breaker '" + transition.name() + "'" + change + ": " + why(transition)
                + (transition.node() == null ? "" : ", as " + transition.node() + " decided for the fleet")
                + meaning(transition.to());
    }

    private static String why(Transition transition) {
        return switch (transition.reason()) {
            case CONSECUTIVE_FAILURES -> "too many failures in a row";
            case FAILURE_RATE -> "too many calls failed" + percent(transition.failureRate());
            case SLOW_CALL_RATE -> "too many calls were slow" + percent(transition.slowCallRate());
            case SATURATION -> "its bulkhead refused too many calls";
            case PROBE_DUE -> "the open interval is over";
            case PROBES_PASSED -> "the probes came back well";
            case RAMP_ENDED -> "the recovery is complete";
            case FORCED -> operator(transition) + " forced it" + remark(transition);
            case RELEASED -> released(transition) + remark(transition);
            case EXPIRED -> "the force expired";
            case RESET -> operator(transition) + " reset it" + remark(transition);
            case AVERAGE_DURATION -> "the calls of the fleet took too long on average";
            case CONCURRENT -> "too many calls of the fleet were under way";
            case RESTORED -> "the fleet gave its state back to a store that had lost it";
            case FORGOTTEN -> "the store of the fleet knows of no state that it had";
            case STORE_LOST -> "the store of the fleet is away";
        };
    }

    private static String operator(Transition transition) {
        String by = transition.attribution().by();
        return by == null ? "an operator" : by;
    }

    private static String released(Transition transition) {
        String by = transition.attribution().by();
        return by == null ? "the force was released" : by + " released the force";
    }

    private static String remark(Transition transition) {
        String reason = transition.attribution().reason();
        return reason == null ? "" : " (" + reason + ")";
    }

    private static String percent(@Nullable Double rate) {
        return rate == null ? "" : String.format(Locale.ROOT, " (%.0f %%)", rate);
    }

    private static String meaning(BreakerState to) {
        return switch (to) {
            case CLOSED -> "; calls go through";
            case OPEN, FORCED_OPEN -> "; calls are rejected";
            case HALF_OPEN -> "; a few calls probe the dependency";
            case RECOVERING -> "; a growing share of calls goes through";
            case FORCED_CLOSED -> "; calls go through whatever happens";
        };
    }
}
