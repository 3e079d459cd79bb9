package dev.resilience.benchmarks.sustained;

/** What is called. */
@FunctionalInterface
interface Dependency {

    /** Answers, or throws {@link FailedException}. */
    String call();

    /** What a dependency throws that fails. */
    final class FailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FailedException() {
            super("failed", null, false, false);
        }
    }
}
