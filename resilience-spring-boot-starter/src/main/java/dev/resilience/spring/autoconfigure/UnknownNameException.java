package dev.resilience.spring.autoconfigure;

/** Thrown at start-up for an annotation with a name that must be configured and is not. */
final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnknownNameException(String description, String action) {
        super(description);
        this.action = action;
    }

    /** Returns what to do about it. */
    String action() {
        return action;
    }
}
