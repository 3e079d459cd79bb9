package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resilience.spring.Fuzz;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.util.Random;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.Test;

/** Any text as the expression of a key: it is understood, or says what is wrong with it. */
class KeyExpressionsFuzzTests {

    static class Client {
        public void call(Object key) {}
    }

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

    @Test
    void understandsAnyExpressionOrSaysThatItDoesNot() throws NoSuchMethodException {
        GuardedMethod method = new GuardedMethod(Client.class, Client.class.getMethod("call", Object.class));
        Fuzz.check(
                "expressions",
                5_000,
                KeyExpressionsFuzzTests::expression,
                Fuzz::shorter,
                text -> evaluate(text, method));
    }

    private static String expression(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(8); parts >= 0; parts--) {
            text.append(random.nextInt(5) == 0 ? Fuzz.text(random) : Fuzz.oneOf(random, PARTS));
        }
        return text.toString();
    }

    private static void evaluate(String text, GuardedMethod method) {
        GuardAnnotation annotation = new GuardAnnotation(GuardKind.BREAKER, "fuzzed", text, "", "", false);
        if (!annotation.hasKey()) {
            return;
        }
        KeyExpression expression;
        try {
            expression = KeyExpression.ofKey(annotation, method);
        } catch (InvalidGuardException refused) {
            assertThat(refused).hasMessageStartingWith("Key '" + text + "' of @Breaker");
            return;
        }
        Throwable failed = catchThrowable(() -> expression.valueFor(new Call(method.method(), new Client(), "eu")));
        if (failed != null) {
            assertThat(failed)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Key '" + text + "' of @Breaker");
        }
    }
}
