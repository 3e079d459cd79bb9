package dev.resilience.benchmarks.core;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A dependency of which every hundredth call of a thread fails, always with the same exception. */
@State(Scope.Thread)
public class EveryHundredth {

    private final IllegalStateException failure = new IllegalStateException("every hundredth");

    private int calls;

    String call() {
        calls++;
        if (calls == 100) {
            calls = 0;
            throw failure;
        }
        return "answer";
    }
}
