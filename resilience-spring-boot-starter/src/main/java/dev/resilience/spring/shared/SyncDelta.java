package dev.resilience.spring.shared;

import java.time.Duration;

/**
 * What a node counted of a breaker since it last said so.
 *
 * @param knownEpoch the epoch of the state in which it was counted
 * @param busy concurrency summed up over time: two calls at once for a second are two seconds
 * @param bucket width of a tenth of the window, at least 10 ms
 * @param noting whether the store shall note that this node is in trouble, and tell how many are
 */
record SyncDelta(
        String breaker,
        long knownEpoch,
        long calls,
        long failures,
        long slow,
        Duration duration,
        Duration busy,
        Duration bucket,
        Noting noting) {

    /** Which nodes are noted, for a quorum of more than one. */
    enum Noting {
        /** Nobody is, and nobody is counted. */
        NOBODY(0),
        /** This node is if it counted a failure. */
        IF_IT_FAILED(1),
        /** This node is: its calls are slow, or too many are under way. */
        THIS_NODE(2);

        private final int written;

        Noting(int written) {
            this.written = written;
        }

        /** Returns how the script is told. */
        int written() {
            return written;
        }
    }
}
