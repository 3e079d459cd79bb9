package dev.resilience.spring.aop;

import dev.resilience.Criticality;
import dev.resilience.Guard;
import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation says of the criticality of calls.
 *
 * @param fixed the same for all calls; null if there is none
 * @param picked picks one for each call; null if nothing does
 */
record CallCriticality(
        @Nullable Criticality fixed, @Nullable KeyExpression picked) {

    /**
     * Reads the criticality of an annotation.
     *
     * @throws InvalidGuardException if it is no name, or an expression that does not parse
     */
    static CallCriticality of(@Nullable GuardAnnotation annotation, GuardedMethod method) {
        if (annotation == null || annotation.criticality().isEmpty()) {
            return new CallCriticality(null, null);
        }
        if (annotation.picksCriticality()) {
            return new CallCriticality(null, KeyExpression.ofCriticality(annotation, method));
        }
        try {
            return new CallCriticality(Criticality.of(annotation.criticality()), null);
        } catch (InvalidSettingException invalid) {
            throw new InvalidGuardException(
                    "The criticality of %s on %s is no name: %s %s."
                            .formatted(annotation, method, invalid.value(), invalid.rule()),
                    "Write the name of a share, as in \"customer\", or a SpEL expression that begins with '#'.",
                    invalid);
        }
    }

    /** Returns a guard with the criticality of a call; a picked one that is no name counts as none. */
    Guard applied(Guard guard, MethodInvocation invocation) {
        if (picked == null) {
            return fixed == null ? guard : guard.withCriticality(fixed);
        }
        String name = picked.valueFor(invocation);
        return name == null || !Name.isValid(name) ? guard : guard.withCriticality(Criticality.of(name));
    }

    boolean differsByCall() {
        return picked != null;
    }
}
