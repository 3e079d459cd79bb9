package dev.resilience.breaker;

import dev.resilience.InvalidSettingException;
import java.time.Duration;

/** Which outcomes a breaker judges: those of the last so many calls, or those of the last so long. */
public sealed interface WindowSize {

    /** Returns a window over the last {@code count} calls, at least 1. */
    static WindowSize calls(int count) {
        return new Calls(count);
    }

    /**
     * Returns a window over the calls of the last {@code length}, above 0 and at most 365 days. It is kept in tenths: an
     * outcome leaves after 0.9 to 1.0 of the length.
     */
    static WindowSize time(Duration length) {
        return new Time(length);
    }

    /** Returns {@code minimumCalls}, but no more than this window can ever hold. */
    int reachable(int minimumCalls);

    /**
     * The last so many calls.
     *
     * @param count how many, at least 1
     */
    record Calls(int count) implements WindowSize {

        /** @throws InvalidSettingException if {@code count} is below 1 */
        public Calls {
            InvalidSettingException.require(count >= 1, "window", count + " calls", "must be at least 1 call");
        }

        @Override
        public int reachable(int minimumCalls) {
            return Math.min(minimumCalls, count);
        }

        @Override
        public String toString() {
            return count + " calls";
        }
    }

    /**
     * The calls of the last so long.
     *
     * @param length how long, above 0 and at most 365 days
     */
    record Time(Duration length) implements WindowSize {

        /** @throws InvalidSettingException if {@code length} is out of range */
        public Time {
            InvalidSettingException.requirePositive(length, "window");
        }

        @Override
        public int reachable(int minimumCalls) {
            return minimumCalls;
        }

        @Override
        public String toString() {
            return length.toString();
        }
    }
}
