package dev.resilience.spring.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown where what is written under {@code resilience}, or taken from elsewhere for it, cannot be used; nothing of it is applied then. */
final class InvalidConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Creates an exception with one problem or more under {@code resilience}. */
    InvalidConfigurationException(List<Problem> problems) {
        this(KnownKeys.ROOT, problems);
    }

    /** Creates an exception with one problem or more under the first elements of their keys. */
    InvalidConfigurationException(String root, List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining(
                        System.lineSeparator().repeat(2),
                        "Invalid configuration under '" + root + "':"
                                + System.lineSeparator().repeat(2),
                        "")));
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}
