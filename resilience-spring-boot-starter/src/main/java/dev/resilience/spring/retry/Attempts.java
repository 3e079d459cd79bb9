package dev.resilience.spring.retry;

import java.util.function.Predicate;

/** One call of a method and its retries. Used by one thread. */
final class Attempts implements Predicate<Throwable> {

    private final MethodRetries.Rules rules;
    private long interval;
    private long retries;

    Attempts(MethodRetries.Rules rules) {
        this.rules = rules;
        this.interval = rules.times().delay();
        rules.call();
    }

    /** Asked after the last attempt too, which must not withdraw from the budget a retry that will not be made. */
    @Override
    public boolean test(Throwable thrown) {
        RetryTimes times = rules.times();
        if (retries >= times.maxRetries()
                || !NotRejected.isWorthwhile(thrown)
                || !NotRejected.isInTime(times.longest(interval))
                || !rules.tryRetry()) {
            return false;
        }
        retries++;
        interval = times.after(interval);
        return true;
    }
}
