package dev.resilience.spring.autoconfigure;

/** Knows exceptions that are an answer of a dependency, and no fault of it. */
@FunctionalInterface
interface AnswerRule {

    /** Returns whether the exception is an answer. */
    boolean isAnswer(Throwable thrown);
}
