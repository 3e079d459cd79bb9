package dev.resilience.spring.shared;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the breakers of one name are shared. The last two are judged in {@link SharedMode#SHARED_WINDOW} only, on the calls
 * of all nodes together.
 *
 * @param quorum how many nodes must be in trouble before the fleet opens
 * @param averageDuration average duration of the window's calls from which on the fleet opens, above 0; null: not judged
 * @param concurrent calls under way at once, on average over a tenth of the window, from which on the fleet opens, at least 1;
 *     null: not judged
 */
public record Sharing(
        SharedMode mode,
        Quorum quorum,
        @Nullable Duration averageDuration,
        @Nullable Integer concurrent) {

    /** Creates one that judges neither durations nor concurrency. */
    public Sharing(SharedMode mode, Quorum quorum) {
        this(mode, quorum, null, null);
    }
}
