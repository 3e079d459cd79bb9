package dev.resilience.spring.aop;

import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Finds out the name that an annotation means. */
final class GuardNames {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private final UnaryOperator<String> placeholders;

    GuardNames(UnaryOperator<String> placeholders) {
        this.placeholders = placeholders;
    }

    Name nameOf(GuardAnnotation annotation, GuardedMethod method) {
        String text = resolved(annotation, method).trim();
        try {
            return Name.of(text.isEmpty() ? defaultName(method) : text);
        } catch (InvalidSettingException invalid) {
            throw new InvalidGuardException(
                    "%s on %s has no valid name: %s %s.".formatted(annotation, method, invalid.value(), invalid.rule()),
                    "Give the annotation a name that does.",
                    invalid);
        }
    }

    private String resolved(GuardAnnotation annotation, GuardedMethod method) {
        try {
            return placeholders.apply(annotation.name());
        } catch (IllegalArgumentException unresolved) {
            throw new InvalidGuardException(
                    "The name of %s on %s cannot be resolved: %s."
                            .formatted(annotation, method, unresolved.getMessage()),
                    "Set the property, or give the placeholder a default, as in ${payments.guard:payments}.",
                    unresolved);
        }
    }

    /** Returns {@code payment-client-pay} for {@code PaymentClient.pay}. */
    static String defaultName(GuardedMethod method) {
        return kebab(method.owner().getSimpleName())
                + '-'
                + kebab(method.method().getName());
    }

    private static String kebab(String camel) {
        return WORD_START.matcher(camel).replaceAll("-").toLowerCase(java.util.Locale.ROOT);
    }
}
