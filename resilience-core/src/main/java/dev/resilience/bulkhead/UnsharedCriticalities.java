package dev.resilience.bulkhead;

import dev.resilience.Criticality;
import dev.resilience.Name;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The criticalities that callers came with although the bulkheads of a name have no share for them, each logged once.
 *
 * <p>Shared by the instances of a name. Bounded, as criticalities may come from strangers. Safe for use by many threads.
 */
public final class UnsharedCriticalities {

    private static final Logger LOG = System.getLogger(SemaphoreBulkhead.class.getName());
    private static final int MOST = 100;

    private final Set<String> met = ConcurrentHashMap.newKeySet(1);

    /** Creates a set without criticalities. */
    public UnsharedCriticalities() {}

    void meet(Name bulkhead, Criticality criticality) {
        if (!met.contains(criticality.canonical()) && remember(criticality)) {
            LOG.log(
                    Level.WARNING,
                    () -> "Bulkhead '" + bulkhead.text() + "' has no share for the criticality '" + criticality
                            + "': such calls live on what is unreserved and on what is lent."
                            + " Give it a share (shares." + criticality + "), or correct the criticality");
        }
    }

    private synchronized boolean remember(Criticality criticality) {
        return met.size() < MOST && met.add(criticality.canonical());
    }
}
