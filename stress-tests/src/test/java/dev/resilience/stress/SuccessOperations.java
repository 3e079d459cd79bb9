package dev.resilience.stress;

import dev.resilience.Outcome;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Successes that are counted without the breaker's lock, and readings that sum them up. Few operations, so that most programs have the
 * two meet.
 */
public class SuccessOperations {

    private final TestedBreaker tested = TestedBreaker.warm(TestedBreaker.STEADY);

    @Operation
    public void succeed() {
        tested.calls(Outcome.SUCCESS);
    }

    @Operation
    public String counts() {
        return tested.counts();
    }
}
