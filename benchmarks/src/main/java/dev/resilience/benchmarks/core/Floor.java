package dev.resilience.benchmarks.core;

import dev.resilience.Name;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What nothing that does the same work can get under. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Floor {

    private final Semaphore semaphore = new Semaphore(25);
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Name name = Name.of("floor");

    /** Reads the clock once. */
    @Benchmark
    public long oneClockRead() {
        return System.nanoTime();
    }

    /** Reads the clock before and after nothing. */
    @Benchmark
    public long twoClockReads() {
        long startedAt = System.nanoTime();
        return System.nanoTime() - startedAt;
    }

    /** Counts that a call begins, reads the clock before and after nothing, and counts that it ended: the least that counts both. */
    @Benchmark
    public long twoClockReadsAndTwoAdditions() {
        begun.getAndIncrement();
        long startedAt = System.nanoTime();
        long nanos = System.nanoTime() - startedAt;
        ended.getAndAdd(nanos);
        return nanos;
    }

    /** Takes a permit and gives it back. */
    @Benchmark
    public boolean semaphore() {
        boolean taken = semaphore.tryAcquire();
        semaphore.release();
        return taken;
    }

    /** Takes a permit, reads the clock before and after nothing, and gives the permit back. */
    @Benchmark
    public long twoClockReadsAndSemaphore() {
        boolean taken = semaphore.tryAcquire();
        long startedAt = System.nanoTime();
        long nanos = System.nanoTime() - startedAt;
        semaphore.release();
        return taken ? nanos : 0;
    }

    /** Constructs an exception like that of a refusal. */
    @Benchmark
    public Exception constructingARejection() {
        return new Rejection(name);
    }
}
