package dev.resilience.breaker;

/**
 * The right to make one call, granted by {@link CircuitBreaker#acquire()}.
 *
 * <p>Opaque: it tells the breaker which of its states admitted the call, so that a late outcome finds its state gone and moves
 * nothing. While a breaker is closed its calls share one permit, so that a permitted call allocates nothing; for that reason the
 * breaker cannot notice a permit that is ended twice. {@link CircuitBreaker#call} and {@link dev.resilience.Guard} end each
 * exactly once.
 */
public abstract sealed class BreakerPermit
        permits Measurement, HalfOpen.Probe, BreakerPermit.LeasedProbe, BreakerPermit.Exempt {

    /** Permit of one probe that others left to this process. */
    static final class LeasedProbe extends BreakerPermit {
        final ProbeLease lease;
        final long grantedAt;

        LeasedProbe(ProbeLease lease, long grantedAt) {
            this.lease = lease;
            this.grantedAt = grantedAt;
        }
    }

    /** Permit of calls that mode or rollout let through: they are no part of what the breaker judges. */
    static final class Exempt extends BreakerPermit {

        /** Counted in the totals, as the breaker would have refused it. */
        static final Exempt SHADOW = new Exempt();

        /** Not counted at all, as the breaker is off. */
        static final Exempt OFF = new Exempt();
    }
}
