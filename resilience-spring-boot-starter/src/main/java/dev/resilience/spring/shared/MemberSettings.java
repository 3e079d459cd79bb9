package dev.resilience.spring.shared;

import java.time.Duration;

/**
 * How a process takes part in its fleet.
 *
 * @param quorumMax most votes that an opening takes
 * @param voteTtl how long a vote counts
 * @param flushInterval how often nodes look at what they counted of a shared window, and tell it where a limit is not far
 * @param flushBudget how many deltas a second the nodes of a fleet that are well tell together
 * @param pollInterval how often the logs are read where messages arrive
 * @param pollIntervalAlone how often they are read where none do
 * @param reconnectFirst longest wait before the first attempt to connect again; doubles from one to the next
 * @param reconnectLongest longest wait of all
 * @param rejoinJitter time over which the nodes of a fleet come back
 * @param leaseStart how long a leased probe may wait for its call
 * @param takeover after what time a node may take the place of one that does not claim its own
 * @param stateTtl how long the store keeps a state
 * @param commandTimeout a command that is not answered in this time means that the store is away
 * @param connectTimeout longest time that a connection may take
 * @param pubSub whether changes are heard of by messages, besides the logs
 * @param maxBreakers most breakers that are shared; further ones stay local
 */
public record MemberSettings(
        int quorumMax,
        Duration voteTtl,
        Duration flushInterval,
        int flushBudget,
        Duration pollInterval,
        Duration pollIntervalAlone,
        Duration reconnectFirst,
        Duration reconnectLongest,
        Duration rejoinJitter,
        Duration leaseStart,
        Duration takeover,
        Duration stateTtl,
        Duration commandTimeout,
        Duration connectTimeout,
        boolean pubSub,
        int maxBreakers) {}
