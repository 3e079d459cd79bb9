package dev.resilience.spring.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BulkheadFamily;
import dev.resilience.spring.Fuzz;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.AopTestUtils;

/** Keys from arguments of any kind: the call is made with a permit of some instance, or fails before there is one. */
class KeysFuzzTests {

    private static final int MAX_KEYS = 10;
    private static final int LONGEST_KEY = 200;

    static class Client {
        private int calls;

        @Breaker(name = "fuzzed", key = "#key")
        @Bulkhead(name = "fuzzed", key = "#key")
        public void call(Object key) {
            calls++;
        }
    }

    /** What cannot be told as text. */
    private record Broken(RuntimeException why) {
        @Override
        public String toString() {
            throw why;
        }
    }

    private static Object argument(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> new Broken(new IllegalStateException(Fuzz.text(random)));
            case 2 -> new Broken(new NullPointerException());
            case 3 -> random.nextLong();
            case 4 -> new BigDecimal("1e" + random.nextInt(1000));
            case 5 -> List.of(Fuzz.text(random), random.nextInt());
            case 6 -> Map.of(Fuzz.text(random), Optional.empty());
            case 7 -> Fuzz.text(random).toCharArray();
            case 8 -> "x".repeat(random.nextInt(100_000));
            case 9 -> "key-" + random.nextInt(30);
            default -> Fuzz.text(random);
        };
    }

    /** Holds an argument, because an argument may be null and its text may be none. */
    private record Argument(Object value) {

        List<Argument> smaller() {
            return value instanceof String text
                    ? Fuzz.shorter(text).stream().<Argument>map(Argument::new).toList()
                    : List.of();
        }

        @Override
        public String toString() {
            return value instanceof Broken ? "what has no text" : "'" + value + "'";
        }
    }

    private static void check(Object key, ApplicationContext context) {
        Client client = context.getBean(Client.class);
        Client target = AopTestUtils.getTargetObject(client);
        int before = target.calls;
        Throwable thrown = catchThrowable(() -> client.call(key));
        if (key instanceof Broken broken) {
            assertThat(thrown)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Key '#key' of @Breaker")
                    .hasRootCause(broken.why());
            assertThat(target.calls).isEqualTo(before);
        } else {
            assertThat(thrown).isNull();
            assertThat(target.calls).isEqualTo(before + 1);
        }
        checkInstances(context);
    }

    private static void checkInstances(ApplicationContext context) {
        BreakerFamily breakers = GuardRunner.breakers(context).find("fuzzed").orElseThrow();
        BulkheadFamily bulkheads = GuardRunner.bulkheads(context).find("fuzzed").orElseThrow();
        assertThat(breakers.all()).hasSizeLessThanOrEqualTo(MAX_KEYS + 2).allSatisfy(breaker -> {
            assertThat(breaker.snapshot().concurrent()).isZero();
            checkKey(breaker);
        });
        assertThat(bulkheads.all())
                .hasSizeLessThanOrEqualTo(MAX_KEYS + 2)
                .extracting(SemaphoreBulkhead::snapshot)
                .allSatisfy(bulkhead -> assertThat(bulkhead.concurrent()).isZero());
    }

    private static void checkKey(CircuitBreaker breaker) {
        String key = breaker.name().key();
        assertThat(key == null ? "" : key).hasSizeLessThanOrEqualTo(LONGEST_KEY).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void makesTheCallOrFailsBeforeItForAnyArgument() {
        GuardRunner.with(Client.class)
                .withPropertyValues(
                        "resilience.breakers.fuzzed.max-keys=" + MAX_KEYS,
                        "resilience.bulkheads.fuzzed.max-keys=" + MAX_KEYS)
                .run(context -> Fuzz.check(
                        "keys",
                        2_000,
                        random -> new Argument(argument(random)),
                        Argument::smaller,
                        argument -> check(argument.value(), context)));
    }
}
