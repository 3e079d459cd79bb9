package dev.resilience.spring.shared;

/** Whether and how the breakers of one name are shared. */
public record Sharing(SharedMode mode, Quorum quorum) {}
