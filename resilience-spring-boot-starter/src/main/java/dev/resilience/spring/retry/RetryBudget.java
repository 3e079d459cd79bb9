package dev.resilience.spring.retry;

import dev.resilience.InvalidSettingException;
import dev.resilience.Ticker;
import java.time.Duration;

/**
 * How many retries the calls of one name may have: a share of its calls of the last 10 seconds, and 10 more, so that a name that is
 * rarely called can retry at all. Where everything fails, retries add that share to the load instead of multiplying it.
 *
 * <p>After Finagle's {@code RetryBudget}: a call deposits, a retry withdraws, and both are forgotten after 10 seconds. Safe for use by
 * many threads; of a size that does not grow.
 */
public final class RetryBudget {

    private static final int SLICES = 10;
    private static final long SLICE = Duration.ofSeconds(1).toNanos();
    /* Balances are in hundredths of a retry, so that a call deposits a whole number. */
    private static final int RETRY = 100;
    private static final int RESERVE = 10 * RETRY;

    private final int percent;
    private final Ticker ticker;
    private final long startedAt;
    private final long[] balances = new long[SLICES];
    private long newest;
    private long balance;
    private long retries;
    private long refused;

    /**
     * Creates a budget.
     *
     * @param percent retries per 100 calls, 0 to 100; with 0 there are none at all
     * @throws InvalidSettingException if it is out of its range
     */
    public RetryBudget(int percent, Ticker ticker) {
        InvalidSettingException.require(percent >= 0 && percent <= 100, "budget", percent, "must be 0 to 100 percent");
        this.percent = percent;
        this.ticker = ticker;
        this.startedAt = ticker.nanos();
    }

    /** Takes in that a call is made, not counting its retries. */
    public synchronized void call() {
        add(percent);
    }

    /** Returns whether one more retry may be made, which counts as made then. */
    public synchronized boolean tryRetry() {
        return tryWithdraw(RETRY);
    }

    /**
     * Takes in a failure of calls of which only failures are seen, and returns whether it may be retried. It is taken for a call; a
     * retry costs what its own failure will deposit as well, so that there are no more retries than the percent of the calls.
     */
    synchronized boolean tryRetryAfterFailure() {
        add(percent);
        return tryWithdraw(RETRY + percent);
    }

    private boolean tryWithdraw(int price) {
        forget();
        if (percent == 0 || balance + RESERVE < price) {
            refused++;
            return false;
        }
        add(-price);
        retries++;
        return true;
    }

    private void add(int amount) {
        forget();
        balances[(int) (newest % SLICES)] += amount;
        balance += amount;
    }

    /** Takes out what was done in the slices that are over since it was last asked. */
    private void forget() {
        long slice = Math.max(newest, (ticker.nanos() - startedAt) / SLICE);
        long first = Math.max(newest + 1, slice - SLICES + 1);
        for (long over = first; over <= slice; over++) {
            int index = (int) (over % SLICES);
            balance -= balances[index];
            balances[index] = 0;
        }
        newest = slice;
    }

    /** Returns how many retries this budget has let through. */
    public synchronized long retries() {
        return retries;
    }

    /** Returns how many retries this budget has refused. */
    public synchronized long refused() {
        return refused;
    }
}
