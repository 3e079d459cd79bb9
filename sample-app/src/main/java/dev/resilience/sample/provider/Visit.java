package dev.resilience.sample.provider;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A request as the provider saw it.
 *
 * @param timeLeft milliseconds for which the caller still waited when the request arrived, null if it did not say
 * @param criticality the class of the caller, null if it did not say
 * @param status what the provider answered with
 */
record Visit(String what, @Nullable Long timeLeft, @Nullable String criticality, int status) {

    /** Returns the request of the calling thread, which is still to be answered. */
    static Visit of(String what) {
        Deadline deadline = Deadline.current();
        Criticality criticality = Criticality.current();
        return new Visit(
                what,
                deadline == null ? null : deadline.remaining().toMillis(),
                criticality == null ? null : criticality.name(),
                0);
    }

    Visit answeredWith(int status) {
        return new Visit(what, timeLeft, criticality, status);
    }
}
