package dev.resilience.spring.shared;

import java.util.Locale;

/** How the breakers of a name agree over a fleet. */
public enum SharedMode {
    /** They do not. */
    OFF,
    /** Each judges its own calls; the fleet follows when a quorum of nodes stands open. */
    SHARED_STATE,
    /** Each judges its own calls, and all their calls together are judged, too: the fleet follows when its sums reach a limit. */
    SHARED_WINDOW;

    /** Returns it as the configuration spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
