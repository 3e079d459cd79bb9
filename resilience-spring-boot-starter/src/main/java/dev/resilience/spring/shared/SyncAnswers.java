package dev.resilience.spring.shared;

import java.util.List;

/**
 * The answers to deltas, in their order.
 *
 * @param now the store's time in milliseconds
 */
record SyncAnswers(long now, List<SyncAnswer> answers) {}
