package dev.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The moment until which somebody further out waits for what a thread does: a guarded call is not made once it is over, and ended
 * when it comes.
 *
 * <pre>{@code
 * try (Deadline.Scope scope = Deadline.within(Duration.ofSeconds(2))) {
 *     payments.pay(order);
 * }
 * }</pre>
 *
 * <p>A deadline belongs to a thread; the scopes of one thread nest, and an inner one only ever shortens. Carried to another thread it
 * stays the same moment. As in gRPC, what travels between processes is the time left, because clocks differ. Immutable.
 */
public final class Deadline {

    /** The key of the deadline wherever a context is a map: Reactor's, Micrometer's, the attributes of a request. */
    public static final String CONTEXT_KEY = "dev.resilience.deadline";

    private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    /**
     * Whether any thread ever had a deadline: spares those who use none the look-up in each call. Neither volatile nor locked, because a
     * thread that has a deadline has itself set it.
     */
    private static boolean isUsed;

    private final Ticker ticker;
    private final long endsAt;

    private Deadline(Ticker ticker, long endsAt) {
        this.ticker = ticker;
        this.endsAt = endsAt;
    }

    /**
     * Opens a scope in which the calling thread has at most so much time. It ends on the same thread.
     *
     * @param time at most 365 days; 0 or less: there is no time left
     * @throws InvalidSettingException if {@code time} is longer than that
     */
    public static Scope within(Duration time) {
        return after(time, Ticker.system()).open();
    }

    /**
     * Returns the deadline that comes after so much time, without a scope.
     *
     * @param time at most 365 days; 0 or less: there is no time left
     * @throws InvalidSettingException if {@code time} is longer than that
     */
    public static Deadline after(Duration time, Ticker ticker) {
        InvalidSettingException.require(
                time.compareTo(InvalidSettingException.LONGEST) <= 0, "deadline", time, "must be at most 365 days");
        long nanos = time.isNegative() ? 0 : time.toNanos();
        return new Deadline(ticker, ticker.nanos() + nanos);
    }

    /** Returns the deadline of the calling thread, or null if nobody waits. */
    public static @Nullable Deadline current() {
        return isUsed ? CURRENT.get() : null;
    }

    /** Makes this the deadline of the calling thread, unless it has an earlier one, until the scope is closed on the same thread. */
    public Scope open() {
        Deadline outer = current();
        restore(earlierOf(outer));
        return new Scope(outer);
    }

    /**
     * Sets the deadline of the calling thread, whatever it was: for who carries it from one thread to another.
     *
     * @param deadline null: none
     */
    public static void restore(@Nullable Deadline deadline) {
        if (deadline == null) {
            CURRENT.remove();
        } else {
            isUsed = true;
            CURRENT.set(deadline);
        }
    }

    /** Returns whichever comes first of this and another one; this, if there is no other. */
    public Deadline earlierOf(@Nullable Deadline other) {
        return other != null && other.remainingNanos() <= remainingNanos() ? other : this;
    }

    /** Returns the time left, zero when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** Returns whether no time is left. */
    public boolean isOver() {
        return endsAt - ticker.nanos() <= 0;
    }

    /** Returns the nanoseconds left, 0 when it is over. */
    public long remainingNanos() {
        return Math.max(0, endsAt - ticker.nanos());
    }

    @Override
    public String toString() {
        return "Deadline[" + remaining() + " left]";
    }

    /** A stretch of code that has a deadline; closed on the thread that opened it, inner scopes first. */
    public static final class Scope implements AutoCloseable {

        private final @Nullable Deadline outer;

        private Scope(@Nullable Deadline outer) {
            this.outer = outer;
        }

        /** Gives the thread the deadline back that it had before. */
        @Override
        public void close() {
            restore(outer);
        }
    }
}
