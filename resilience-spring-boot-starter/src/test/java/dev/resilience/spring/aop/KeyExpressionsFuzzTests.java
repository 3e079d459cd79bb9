package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resilience.spring.Fuzz;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.util.Random;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.ClassUtils;

/** Any text as the expression of a key: it is understood, or says what is wrong with it. */
class KeyExpressionsFuzzTests {

    static class Client {
        public void call(Object key) {}
    }

    private static final GuardedMethod METHOD =
            new GuardedMethod(Client.class, ClassUtils.getMethod(Client.class, "call", Object.class));

    private static final String[] PARTS = {
        "#key",
        "#p0",
        "#a0",
        "#root",
        "#this",
        "#other",
        "#",
        ".length()",
        ".args",
        ".method",
        ".target",
        ".toString()",
        "?.",
        "?:",
        "?",
        ":",
        "[0]",
        "['a']",
        "[",
        "]",
        "(",
        ")",
        "{1,2}",
        "{",
        "}",
        "!",
        ".![#this]",
        ".?[true]",
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "==",
        "<",
        ">",
        " and ",
        " or ",
        " not ",
        " matches ",
        " instanceof ",
        " between ",
        "null",
        "true",
        "1",
        "1.5e9",
        "0x",
        "'x'",
        "'",
        "\"",
        "@bean",
        "&",
        "T(String)",
        "new ",
        " = ",
        "++",
        "T(",
        "#{",
        "${",
        ";",
        ",",
        "|",
        "~",
        "\\",
        "`",
        "$",
        "_"
    };

    /** A call without a proxy. */
    private record Call(Method method, Object self, Object argument) implements MethodInvocation {
        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Object[] getArguments() {
            return new Object[] {argument};
        }

        @Override
        public Object proceed() {
            throw new IllegalStateException("A key is asked for before the call is made");
        }

        @Override
        public Object getThis() {
            return self;
        }

        @Override
        public AccessibleObject getStaticPart() {
            return method;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"++", "1e"})
    void refusesWhatSpelItselfStumblesOver(String text) {
        assertThatExceptionOfType(InvalidGuardException.class)
                .isThrownBy(() -> KeyExpression.ofKey(key(text), METHOD))
                .withMessageMatching("(?s)Key '\\Q" + text + "\\E' of @Breaker.* does not parse: .*");
    }

    @Test
    void understandsAnyExpressionOrSaysThatItDoesNot() {
        Fuzz.check(
                "expressions",
                5_000,
                KeyExpressionsFuzzTests::expression,
                Fuzz::shorter,
                KeyExpressionsFuzzTests::evaluate);
    }

    private static String expression(Random random) {
        StringBuilder text = new StringBuilder("#key");
        for (int parts = random.nextInt(8); parts >= 0; parts--) {
            text.append(random.nextInt(5) == 0 ? Fuzz.text(random) : Fuzz.oneOf(random, PARTS));
        }
        return random.nextBoolean() ? text.toString() : text.substring(4);
    }

    private static void evaluate(String text) {
        GuardAnnotation key = key(text);
        if (!key.hasKey()) {
            return;
        }
        KeyExpression expression;
        try {
            expression = KeyExpression.ofKey(key, METHOD);
        } catch (InvalidGuardException refused) {
            assertThat(refused).hasMessageStartingWith("Key '" + text + "' of @Breaker");
            return;
        }
        Throwable failed = catchThrowable(() -> expression.valueFor(new Call(METHOD.method(), new Client(), "eu")));
        if (failed != null) {
            assertThat(failed)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Key '" + text + "' of @Breaker");
        }
    }

    private static GuardAnnotation key(String text) {
        return new GuardAnnotation(GuardKind.BREAKER, "fuzzed", text, "", "", false);
    }
}
