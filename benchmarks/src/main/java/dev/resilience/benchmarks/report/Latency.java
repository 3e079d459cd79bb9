package dev.resilience.benchmarks.report;

/**
 * How long the calls of one kind took that a scenario made, from the moment at which each was due.
 *
 * @param outcome how they ended: answered, failed or refused
 * @param calls how many there were; times are in nanoseconds
 */
public record Latency(
        String scenario, String subject, String outcome, long calls, long p50, long p99, long p999, long max) {}
