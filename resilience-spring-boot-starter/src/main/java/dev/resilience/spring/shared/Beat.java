package dev.resilience.spring.shared;

/**
 * The answer to a sign of life.
 *
 * @param now the store's time in milliseconds
 * @param live nodes of the namespace that gave a sign of life lately, this one included
 */
record Beat(long now, int live) {}
