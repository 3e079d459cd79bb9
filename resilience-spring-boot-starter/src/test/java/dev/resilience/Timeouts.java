package dev.resilience;

import java.time.Duration;

/** Makes the exceptions that only the core can make. */
public final class Timeouts {

    private Timeouts() {}

    public static CallTimeoutException of(String name, Duration timeout) {
        return new CallTimeoutException(Name.of(name), timeout.toNanos());
    }
}
