package dev.resilience.benchmarks.differences;

/** What Resilience4j does otherwise; {@code docs/where-we-differ.md} explains each. */
enum Difference {
    /** An open breaker lets a probe through at the end of its interval here, a moment later there. */
    PROBE_AT_THE_INSTANT,
    /** A call is slow from the duration on here, above it there. */
    SLOW_AT_THE_INSTANT,
    /** A half-open breaker opens as soon as it cannot pass here, with its last probe there. */
    EARLY_VERDICT,
    /** A half-open breaker is judged on its probes here, on fewer there if minimum calls are fewer. */
    FEWER_PROBES,
    /** A rate is compared exactly here, in 24 bits there. */
    ROUNDED_RATE
}
