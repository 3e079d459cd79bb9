package dev.resilience.spring.shared;

/** How the breakers of a name agree over a fleet. */
public enum SharedMode {
    /** They do not. */
    OFF,
    /** Each judges its own calls; the fleet follows when a quorum of nodes stands open. */
    SHARED_STATE
}
