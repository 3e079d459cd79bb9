package dev.resilience.breaker;

import dev.resilience.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state that breakers of many processes agreed on, for each of them to take over by {@link CircuitBreaker#adopt}.
 *
 * @param state what to do with calls
 * @param epoch which agreement this is; a later one has a higher number
 * @param reason why it was agreed on
 * @param node which process decided it, for display; null if nobody knows
 * @param attribution whose order made it so, if one did; of a forced state {@code force} tells it
 * @param left until the next probe of an open state, or until the end of a ramp; otherwise zero
 * @param interval the open interval that was drawn last; zero if there was none
 * @param streak openings in a row without a recovery that lasted
 * @param force the order of a forced state, with the time that it has left; null in other states
 * @param round how far the probes of a half-open state are; null in other states
 * @param leases the probes that this process may make; only in a half-open state
 */
public record SharedState(
        BreakerState state,
        long epoch,
        TransitionReason reason,
        @Nullable String node,
        Attribution attribution,
        Duration left,
        Duration interval,
        int streak,
        @Nullable Force force,
        @Nullable Round round,
        List<ProbeLease> leases) {

    /** @throws InvalidSettingException if a forced state has no order, or a half-open one no round */
    public SharedState {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(attribution, "attribution");
        InvalidSettingException.require(
                state.isForced() == (force != null && force.state() == state), "force", force, "must be of " + state);
        InvalidSettingException.require(
                (state == BreakerState.HALF_OPEN) == (round != null), "round", round, "must be there if half-open");
        leases = List.copyOf(leases);
    }

    /**
     * How far the probes of all processes are.
     *
     * @param places how many there are to be
     * @param ended how many have come back
     * @param failed how many of these failed
     * @param slow how many of these were slow
     */
    public record Round(int places, int ended, int failed, int slow) {}
}
