package dev.resilience.breaker;

import dev.resilience.CallRejectedException;
import dev.resilience.Name;

/** Thrown when a breaker did not permit a call, in whichever of its states. */
public final class BreakerOpenException extends CallRejectedException {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    BreakerOpenException(Name name, Refusal refusal, boolean withStackTrace) {
        super(name, refusal.reason(), refusal.retryAfterNanos(), withStackTrace);
        this.refusal = refusal;
    }

    @Override
    protected String describe(Name name) {
        return "Breaker '" + name + "' is " + refusal.reason() + why(refusal);
    }

    private static String why(Refusal refusal) {
        if (refusal instanceof Refusal.StillOpen open) {
            return ": " + open.trip() + "; next probe in " + seconds(open.retryAfterNanos());
        }
        if (refusal instanceof Refusal.OpenElsewhere open) {
            return " with its fleet: " + open.found() + (open.node() == null ? "" : ", as " + open.node() + " found")
                    + "; next probe in " + seconds(open.retryAfterNanos());
        }
        if (refusal instanceof Refusal.ProbesBusy busy) {
            return ": " + busy.ended() + " of " + busy.probes() + " probes are back and " + busy.running()
                    + " under way; try again in " + seconds(busy.retryAfterNanos());
        }
        if (refusal instanceof Refusal.Ramping ramping) {
            return ": " + ramping.permille() / 10 + " % of calls are admitted by now; try again in "
                    + seconds(ramping.retryAfterNanos());
        }
        return held((Refusal.HeldOpen) refusal);
    }

    private static String held(Refusal.HeldOpen held) {
        return (held.by() == null ? "" : " by " + held.by())
                + (held.why() == null ? "" : " (" + held.why() + ")")
                + (held.left() > 0 ? "; until it expires in " + seconds(held.left()) : "; until it is released");
    }
}
