package dev.resilience.spring.aop;

import java.util.Map;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NativeDetector;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.expression.spel.support.StandardTypeLocator;

/** Picks the instance of a guard by the arguments of a call. Parsed and checked once, and compiled once it has been used a little. */
final class KeyExpression {

    private final String description;
    private final SpelExpression expression;
    private final Map<String, Integer> variables;
    private final EvaluationContext shared;

    private KeyExpression(
            String description, SpelExpression expression, Map<String, Integer> variables, EvaluationContext shared) {
        this.description = description;
        this.expression = expression;
        this.variables = variables;
        this.shared = shared;
    }

    /**
     * Parses the key of an annotation.
     *
     * @throws InvalidGuardException if it does not parse, or names what is not there
     */
    static KeyExpression ofKey(GuardAnnotation annotation, GuardedMethod method) {
        return of(annotation.key(), "Key '%s' of %s on %s".formatted(annotation.key(), annotation, method), method);
    }

    /**
     * Parses the criticality of an annotation.
     *
     * @throws InvalidGuardException if it does not parse, or names what is not there
     */
    static KeyExpression ofCriticality(GuardAnnotation annotation, GuardedMethod method) {
        String text = annotation.criticality();
        return of(text, "Criticality '%s' of %s on %s".formatted(text, annotation, method), method);
    }

    private static KeyExpression of(String text, String description, GuardedMethod method) {
        ClassLoader classLoader = method.owner().getClassLoader();
        SpelExpression expression = parsed(text, description, classLoader);
        KeyVariables variables = KeyVariables.of(method);
        variables.check(expression.getAST(), description);
        StandardEvaluationContext shared = new StandardEvaluationContext();
        shared.setTypeLocator(new StandardTypeLocator(classLoader));
        return new KeyExpression(description, expression, variables.indices(), shared);
    }

    private static SpelExpression parsed(String text, String description, @Nullable ClassLoader classLoader) {
        SpelCompilerMode mode = NativeDetector.inNativeImage() ? SpelCompilerMode.OFF : SpelCompilerMode.MIXED;
        try {
            return new SpelExpressionParser(new SpelParserConfiguration(mode, classLoader)).parseRaw(text);
        } catch (
                RuntimeException invalid) { // SpEL's parser does not only throw what it says, but what it stumbles over
            throw new InvalidGuardException(
                    description + " does not parse: " + invalid.getMessage() + ".",
                    "Write a SpEL expression over the arguments, as in \"#region\" or \"#p0.region\".",
                    invalid);
        }
    }

    /**
     * Returns the value for a call, of a key null for the plain instance.
     *
     * @throws IllegalStateException if the expression or the text of its value throws; the cause tells what
     */
    @Nullable
    String valueFor(MethodInvocation invocation) {
        try {
            Object value = expression.getValue(new KeyContext(shared, variables, invocation));
            return value == null ? null : value.toString();
        } catch (RuntimeException failed) {
            throw new IllegalStateException(description + " failed: " + failed.getMessage(), failed);
        }
    }
}
