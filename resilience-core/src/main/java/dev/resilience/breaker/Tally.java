package dev.resilience.breaker;

/**
 * What a breaker counted for others since it stands on the agreement it stands on, or since it was first asked for a tally if that
 * is later. Two tallies of one epoch tell by their difference what happened between them.
 *
 * @param epoch which agreement with other processes the breaker stands on; 0: none
 * @param calls calls that ended and say something about the dependency, made in a state that still held
 * @param failures how many of these failed or timed out
 * @param slow how many of these were slow
 * @param nanos how long these took together, in nanoseconds
 * @param concurrent permitted calls that have not ended at the moment, whatever the epoch
 */
public record Tally(long epoch, long calls, long failures, long slow, long nanos, long concurrent) {}
