package dev.resilience.benchmarks.report;

import java.util.List;

/** All that a run found out. */
record Results(Machine machine, String date, String command, Measurements measurements, List<Latency> latencies) {}
