package dev.resilience.spring.shared;

import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.spring.shared.StoreCommand.Word;
import org.jspecify.annotations.Nullable;

/**
 * An order that was given on this node to all breakers of a name. What each of its breakers makes of it waits for the fleet's word of the
 * whole: of two such orders, given on two nodes at once, the same one then holds for every breaker. On the member's thread only.
 */
final class GivenToAll {

    private final TransitionReason reason;
    private final @Nullable BreakerState to;
    private final Attribution by;
    private @Nullable Word word;

    /** @param to the state that is forced; null if none is */
    GivenToAll(TransitionReason reason, @Nullable BreakerState to, Attribution by) {
        this.reason = reason;
        this.to = to;
        this.by = by;
    }

    /** Returns whether a breaker of this node has moved as it was ordered. */
    boolean isWhatMoved(Transition transition) {
        return transition.reason() == reason
                && (to == null || transition.to() == to)
                && transition.attribution().equals(by);
    }

    /** Returns the fleet's word, as it is passed on; null as long as there is none. */
    @Nullable
    Word word() {
        return word;
    }

    void said(Word agreed) {
        word = agreed;
    }
}
