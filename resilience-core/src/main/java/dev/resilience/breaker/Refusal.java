package dev.resilience.breaker;

import dev.resilience.RejectionReason;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a breaker refuses a call, kept as it was at that moment, so that the words can be found later. */
sealed interface Refusal extends Serializable {

    /** What a caller is told to wait where nobody can know. */
    long UNKNOWN = Duration.ofSeconds(1).toNanos();

    RejectionReason reason();

    default long retryAfterNanos() {
        return UNKNOWN;
    }

    /**
     * The interval is not over.
     *
     * @param trip what opened the breaker
     */
    record StillOpen(Trip trip, long retryAfterNanos) implements Refusal {
        @Override
        public RejectionReason reason() {
            return RejectionReason.OPEN;
        }
    }

    /** The interval is not over, of a breaker that others opened, by {@code node} if that is known. */
    record OpenElsewhere(TransitionReason found, @Nullable String node, long retryAfterNanos) implements Refusal {
        @Override
        public RejectionReason reason() {
            return RejectionReason.OPEN;
        }
    }

    /** As many probes as may be at the moment. */
    record ProbesBusy(int running, int ended, int probes) implements Refusal {
        @Override
        public RejectionReason reason() {
            return RejectionReason.HALF_OPEN;
        }
    }

    /** Not among the admitted share. */
    record Ramping(long permille) implements Refusal {
        @Override
        public RejectionReason reason() {
            return RejectionReason.RECOVERING;
        }
    }

    /** The caller's deadline was over. */
    record TooLate() implements Refusal {
        @Override
        public RejectionReason reason() {
            return RejectionReason.DEADLINE;
        }
    }

    /** An operator holds the breaker open; {@code left} is 0 without an expiry. */
    record HeldOpen(@Nullable String by, @Nullable String why, long left) implements Refusal {
        @Override
        public RejectionReason reason() {
            return RejectionReason.FORCED_OPEN;
        }

        @Override
        public long retryAfterNanos() {
            return left > 0 ? left : UNKNOWN;
        }
    }
}
