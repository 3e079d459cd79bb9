package dev.resilience.breaker;

import dev.resilience.Outcome;

/**
 * The right of one process to make one probe of a round that many processes share.
 *
 * <p>Exactly one of the two methods is called, unless the breaker leaves the state before: then none is. Both are called under the
 * breaker's lock, so they note what they hear for another thread, and neither block nor call anybody.
 */
public interface ProbeLease {

    /** Returns until when a probe may begin, by the breaker's ticker. */
    long startBy();

    /** Called when the probe has ended, or has been under way for as long as a probe may. */
    void ended(Outcome outcome, boolean slow);

    /** Called when no probe was made in time, or what was made says nothing about the dependency. */
    void unused();
}
