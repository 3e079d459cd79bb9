package dev.resilience.spring.aop;

import org.jspecify.annotations.Nullable;

/** Thrown at start-up for an annotation that cannot be made into a guard; says what is wrong and what to do. */
public final class InvalidGuardException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    InvalidGuardException(String description, String action) {
        this(description, action, null);
    }

    InvalidGuardException(String description, String action, @Nullable Throwable cause) {
        super(description + " " + action, cause);
        this.description = description;
        this.action = action;
    }

    /** Returns what is wrong, and where. */
    public String description() {
        return description;
    }

    /** Returns what to do about it. */
    public String action() {
        return action;
    }
}
