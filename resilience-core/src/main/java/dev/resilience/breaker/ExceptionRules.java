package dev.resilience.breaker;

import java.util.List;

/**
 * Which exceptions count as failures. A class stands for its subclasses too.
 *
 * @param record exceptions that count as failures, any other counts as a success; empty: every {@link Exception} and
 *     {@link Error}, less what the surroundings know to be an answer (an HTTP client error, say)
 * @param ignore exceptions that count as nothing; wins over {@code record}
 */
public record ExceptionRules(List<Class<? extends Throwable>> record, List<Class<? extends Throwable>> ignore) {

    /** Every exception is a failure. */
    public static final ExceptionRules DEFAULTS = new ExceptionRules(List.of(), List.of());

    /** Copies the lists. */
    public ExceptionRules {
        record = List.copyOf(record);
        ignore = List.copyOf(ignore);
    }
}
