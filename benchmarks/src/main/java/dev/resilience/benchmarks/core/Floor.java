package dev.resilience.benchmarks.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What anything that times a call has to pay. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Floor {

    /** Reads the clock before and after nothing. */
    @Benchmark
    public long twoClockReads() {
        long startedAt = System.nanoTime();
        return System.nanoTime() - startedAt;
    }
}
