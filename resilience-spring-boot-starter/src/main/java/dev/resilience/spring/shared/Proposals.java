package dev.resilience.spring.shared;

import dev.resilience.breaker.TransitionReason;

/** How what one node found of a breaker gets to its fleet. On the member's thread only. */
sealed interface Proposals permits Votes, WindowShare {

    /** This node's own calls reached a limit: it stands open, and the fleet may have to. */
    void found(TransitionReason reason);

    /** This node's own probes passed while the fleet had not followed. */
    void withdraw();

    /** The fleet agreed on another state: what was said before it does not count any more. */
    void decided();

    /** The store went away: nobody hears what happens until it is back. */
    void alone();

    /** Returns how many nodes are known to want the fleet to open, or to be in trouble. */
    int votes();
}
