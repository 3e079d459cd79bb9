package dev.resilience.stress;

import dev.resilience.breaker.BreakerState;
import org.jetbrains.lincheck.datastructures.Operation;

/** Calls that are permitted and refused without the breaker's lock, while it changes; few operations, as in {@link SuccessOperations}. */
public class AdmissionOperations {

    private final TestedBreaker tested = new TestedBreaker(TestedBreaker.STEADY);

    @Operation
    public boolean ask() {
        return tested.ask() != null;
    }

    @Operation
    public void forceOpen() {
        tested.force(BreakerState.FORCED_OPEN);
    }

    @Operation
    public void reset() {
        tested.breaker().reset();
    }

    @Operation
    public String admitted() {
        return tested.admitted();
    }
}
