package dev.resilience.breaker;

import org.jspecify.annotations.Nullable;

/** Permits a share of the calls that grows from a tenth to all, evenly spread instead of drawn, and judges them. */
final class Recovering extends Measuring {

    private static final long PRICE = 1000;
    private static final long FIRST_SHARE = 100;
    private static final long GROWTH = 900;
    private static final long FIRST_CREDIT = 900;
    /* Above this many nanoseconds the product with GROWTH would overflow; a thousandth of both tells the same share. */
    private static final long FINE_GRAINED = Long.MAX_VALUE / GROWTH;

    private long credit = FIRST_CREDIT;

    Recovering(State from, long now, Measurement measurement) {
        super(BreakerState.RECOVERING, from, TransitionReason.PROBES_PASSED, now, from.backoff(), measurement);
    }

    /** Ends with the ramp, keeping the window and the calls under way: they were admitted into the recovered dependency. */
    @Override
    State at(long now, BreakerConfig config) {
        long ramp = config.halfOpen().ramp().toNanos();
        return now - since() < ramp
                ? this
                : new Closed(this, TransitionReason.RAMP_ENDED, since() + ramp, backoff(), measurement());
    }

    @Override
    @Nullable
    BreakerPermit tryEnter(long now, BreakerConfig config) {
        credit += share(now, config);
        if (credit < PRICE) {
            return null;
        }
        credit -= PRICE;
        return measurement();
    }

    /** Returns the share of calls that is admitted by now, in thousandths. */
    private long share(long now, BreakerConfig config) {
        long ramp = config.halfOpen().ramp().toNanos();
        long unit = ramp > FINE_GRAINED ? 1000 : 1;
        long elapsed = Math.max(0, now - since());
        return FIRST_SHARE + GROWTH * (elapsed / unit) / (ramp / unit);
    }

    @Override
    Refusal refusal(long now, BreakerConfig config) {
        return new Refusal.Ramping(share(now, config));
    }

    @Override
    State opened(Trip trip, long now, BreakerConfig config) {
        return new Open(this, trip, now, backoff().again(config.open()), config);
    }
}
