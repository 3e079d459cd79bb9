package dev.resilience.breaker;

import dev.resilience.Causes;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what the result of a call says about the dependency, in the order that the contract gives the rules. */
final class Classification {

    private static final Logger LOG = System.getLogger(CircuitBreaker.class.getName());

    private final Name name;
    private final List<BreakerFailureClassifier> classifiers;
    private final BreakerFailureClassifier standard;

    Classification(Name name, BreakerEnvironment environment) {
        this.name = name;
        this.classifiers = environment.classifiers().stream()
                .filter(classifier -> classifier.appliesTo(name.text()))
                .toList();
        this.standard = environment.standard();
    }

    Outcome ofResult(@Nullable Object result) {
        if (classifiers.isEmpty()) {
            return Outcome.SUCCESS;
        }
        Outcome opinion = opinion(result, null);
        return opinion == null ? Outcome.SUCCESS : opinion;
    }

    Outcome ofThrown(Throwable thrown, ExceptionRules rules) {
        Throwable cause = Causes.unwrapped(thrown);
        if (Causes.isCancellation(cause)) {
            return Outcome.CANCELLED;
        }
        Outcome opinion = opinion(null, cause);
        if (opinion != null) {
            return opinion;
        }
        if (isAnyOf(rules.ignore(), cause)) {
            return Outcome.IGNORED;
        }
        if (!rules.record().isEmpty()) {
            return isAnyOf(rules.record(), cause) ? Outcome.FAILURE : Outcome.SUCCESS;
        }
        Outcome usual = asked(standard, null, cause);
        if (usual != null) {
            return usual;
        }
        return cause instanceof Exception || cause instanceof Error ? Outcome.FAILURE : Outcome.SUCCESS;
    }

    private static boolean isAnyOf(List<Class<? extends Throwable>> types, Throwable thrown) {
        for (Class<? extends Throwable> type : types) {
            if (type.isInstance(thrown)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Outcome opinion(@Nullable Object result, @Nullable Throwable thrown) {
        for (BreakerFailureClassifier classifier : classifiers) {
            Outcome opinion = asked(classifier, result, thrown);
            if (opinion != null) {
                return opinion;
            }
        }
        return null;
    }

    private @Nullable Outcome asked(
            BreakerFailureClassifier classifier, @Nullable Object result, @Nullable Throwable thrown) {
        try {
            return classifier.classify(result, thrown);
        } catch (Throwable broken) {
            LOG.log(
                    Level.ERROR,
                    () -> "The classifier " + classifier.getClass().getName() + " threw for breaker '" + name
                            + "'; the next rule decides. It must return an outcome or null",
                    broken);
            return null;
        }
    }
}
