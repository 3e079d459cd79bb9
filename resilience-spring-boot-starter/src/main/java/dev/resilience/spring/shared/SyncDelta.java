package dev.resilience.spring.shared;

import java.time.Duration;

/**
 * What a node counted of a breaker since it last said so.
 *
 * @param knownEpoch the epoch of the state in which it was counted
 * @param busy concurrency summed up over time: two calls at once for a second are two seconds
 * @param bucket width of a tenth of the window, at least 10 ms
 * @param votes whether the store shall note which nodes had failures, for a quorum of more than one
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
        boolean votes) {}
