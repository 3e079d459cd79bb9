package dev.resilience.breaker;

/** The latest moment until which the calls judged at present say that the dependency wants to be left alone. Guarded by the breaker's lock. */
final class QuietTime {

    private boolean asked;
    private long until;

    void ask(long moment) {
        if (!asked || moment - until > 0) {
            asked = true;
            until = moment;
        }
    }

    /** Returns the nanoseconds left; 0 or less if nothing was asked for, or no more. */
    long left(long now) {
        return asked ? until - now : 0;
    }

    void forget() {
        asked = false;
    }
}
