package dev.resilience.breaker;

import dev.resilience.Name;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a breaker into a state, be it the one it was in.
 *
 * @param name which breaker
 * @param from the state left
 * @param to the state entered
 * @param reason why
 * @param generation counts the entries of this breaker, from 1
 * @param at when, by the wall clock
 * @param failureRate percent of failures in the window left, or null where it said nothing
 * @param slowCallRate percent of slow calls in the window left, or null where it said nothing
 * @param node which other process decided it; null if this one did
 * @param attribution who ordered it and why, here or on another process; {@link Attribution#NONE} where nobody did
 */
public record Transition(
        Name name,
        BreakerState from,
        BreakerState to,
        TransitionReason reason,
        long generation,
        Instant at,
        @Nullable Double failureRate,
        @Nullable Double slowCallRate,
        @Nullable String node,
        Attribution attribution) {}
