package dev.resilience.breaker;

import static dev.resilience.Outcome.CANCELLED;
import static dev.resilience.Outcome.FAILURE;
import static dev.resilience.Outcome.IGNORED;
import static dev.resilience.Outcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Name;
import dev.resilience.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In which order the rules are asked what the end of a call says. */
class ClassificationTests {

    private static final ExceptionRules NONE = new ExceptionRules(List.of(), List.of());

    /** Has one answer to everything, for the breakers of one name. */
    private record Stubborn(String name, @Nullable Outcome answer) implements BreakerFailureClassifier {

        @Override
        public boolean appliesTo(String breaker) {
            return breaker.equals(name);
        }

        @Override
        public @Nullable Outcome classify(@Nullable Object result, @Nullable Throwable thrown) {
            return answer;
        }
    }

    private static Classification by(BreakerEnvironment environment) {
        return new Classification(Name.of("payments"), environment);
    }

    private static Classification by(BreakerFailureClassifier... classifiers) {
        return by(BreakerEnvironment.DEFAULT.withClassifiers(List.of(classifiers)));
    }

    @Test
    void asksNoClassifierOfAnotherBreaker() {
        Classification classification = by(new Stubborn("stock", IGNORED));

        assertThat(classification.ofResult("value")).isEqualTo(SUCCESS);
        assertThat(classification.ofThrown(new IOException(), NONE)).isEqualTo(FAILURE);
    }

    @Test
    void asksTheNextClassifierWhereOneHasNoOpinion() {
        Classification classification = by(
                new Stubborn("payments", null), new Stubborn("payments", IGNORED), new Stubborn("payments", FAILURE));

        assertThat(classification.ofResult("value")).isEqualTo(IGNORED);
        assertThat(classification.ofThrown(new IOException(), NONE)).isEqualTo(IGNORED);
    }

    @Test
    void asksNobodyAboutACancellation() {
        Classification classification = by(new Stubborn("payments", FAILURE));

        assertThat(classification.ofThrown(new CancellationException(), NONE)).isEqualTo(CANCELLED);
    }

    @Test
    void asksTheStandardRuleLast() {
        Classification classification = by(BreakerEnvironment.DEFAULT.withStandard((result, thrown) -> IGNORED));
        ExceptionRules recorded = new ExceptionRules(List.of(IOException.class), List.of());

        assertThat(classification.ofThrown(new IllegalStateException(), NONE)).isEqualTo(IGNORED);
        assertThat(classification.ofThrown(new IOException(), recorded)).isEqualTo(FAILURE);
        assertThat(classification.ofThrown(new IllegalStateException(), recorded))
                .isEqualTo(SUCCESS);
    }
}
