package dev.resilience.spring.shared;

/** The last change of a breaker in the log of its shard. */
record LogEntry(String breaker, long epoch) {}
