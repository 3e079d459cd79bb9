package dev.resilience;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * What guards get from their surroundings.
 *
 * @param ticker their only source of time
 * @param random uniform in [0, 1): spreads open intervals and draws for a rollout; must be safe for use by many threads
 * @param stackTraces whether rejections carry stack traces
 * @param scheduler their only source of delays and of threads
 * @param context goes along where a call changes threads
 */
public record GuardEnvironment(
        Ticker ticker, DoubleSupplier random, boolean stackTraces, Scheduler scheduler, ContextCarrier context) {

    /** The clocks of this machine, and rejections without stack traces. */
    public static final GuardEnvironment DEFAULT = new GuardEnvironment(
            Ticker.system(),
            () -> ThreadLocalRandom.current().nextDouble(),
            false,
            Scheduler.system(),
            ContextCarrier.NONE);

    /** Returns a copy with another {@code ticker}. */
    public GuardEnvironment withTicker(Ticker other) {
        return new GuardEnvironment(other, random, stackTraces, scheduler, context);
    }

    /** Returns a copy with another {@code random}. */
    public GuardEnvironment withRandom(DoubleSupplier other) {
        return new GuardEnvironment(ticker, other, stackTraces, scheduler, context);
    }

    /** Returns a copy with stack traces on or off. */
    public GuardEnvironment withStackTraces(boolean wanted) {
        return new GuardEnvironment(ticker, random, wanted, scheduler, context);
    }

    /** Returns a copy with another {@code scheduler}. */
    public GuardEnvironment withScheduler(Scheduler other) {
        return new GuardEnvironment(ticker, random, stackTraces, other, context);
    }

    /** Returns a copy with another {@code context}. */
    public GuardEnvironment withContext(ContextCarrier other) {
        return new GuardEnvironment(ticker, random, stackTraces, scheduler, other);
    }
}
