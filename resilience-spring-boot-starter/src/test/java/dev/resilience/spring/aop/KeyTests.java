package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static dev.resilience.spring.aop.GuardRunner.breakers;
import static dev.resilience.spring.aop.GuardRunner.bulkheads;
import static dev.resilience.spring.aop.GuardRunner.calls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Name;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.io.File;
import java.io.FileFilter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class KeyTests {

    /** What a customer orders. */
    public record Order(String region) {
        public String getRegion() {
            return region;
        }
    }

    static class Client {
        @Breaker(name = "byName", key = "#region")
        public void byName(String region) {}

        @Breaker(name = "byPosition", key = "#p1 + '-' + #a0")
        public void byPosition(String region, int shard) {}

        @Breaker(name = "byProperty", key = "#order.region")
        public void byProperty(Order order) {}

        @Breaker(name = "byMethod", key = "#root.method.name")
        public void byMethod() {}

        @Breaker(name = "byTarget", key = "#root.target.class.simpleName + #root.args[0]")
        public void byTarget(String region) {}

        @Breaker(name = "byNumber", key = "#p0")
        public void byNumber(long shard) {}

        @Breaker(name = "both", key = "#region")
        @Bulkhead(name = "both", key = "#tenant")
        public void both(String region, String tenant) {}

        @Breaker(name = "breakerOnly", key = "#region")
        @Bulkhead("breakerOnly")
        public void breakerOnly(String region) {}

        @Breaker(name = "throwing", key = "#order.region.length()")
        @Bulkhead(name = "throwing", key = "#order.region")
        public void throwing(Order order) {}

        @Breaker(name = "textless", key = "#order")
        public void textless(Object order) {}
    }

    private static Client client(ApplicationContext context) {
        return context.getBean(Client.class);
    }

    @Test
    void picksTheInstanceByAParametersName() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byName("eu-1");
            client(context).byName("eu-1");
            client(context).byName("us-1");
            assertThat(calls(context, "byName", "eu-1")).isEqualTo(2);
            assertThat(calls(context, "byName", "us-1")).isEqualTo(1);
            assertThat(calls(context, "byName")).isZero();
        });
    }

    @Test
    void picksTheInstanceByPositions() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byPosition("eu", 1);
            assertThat(calls(context, "byPosition", "1-eu")).isEqualTo(1);
        });
    }

    @Test
    void picksTheInstanceByTheMethod() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byMethod();
            assertThat(calls(context, "byMethod", "byMethod")).isEqualTo(1);
        });
    }

    @Test
    void picksTheInstanceByTheBeanBehindTheProxy() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byTarget("eu");
            assertThat(calls(context, "byTarget", "Clienteu")).isEqualTo(1);
        });
    }

    @Test
    void takesTheTextOfAKeyThatIsNoText() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byNumber(17);
            assertThat(calls(context, "byNumber", "17")).isEqualTo(1);
        });
    }

    @Test
    void takesThePlainInstanceForANullKey() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byName(null);
            assertThat(calls(context, "byName")).isEqualTo(1);
            assertThat(breakers(context).family(Name.of("byName")).all()).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "100%", "schlüssel", "[x]", ""})
    void takesAKeyAsItIs(String key) {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byName(key);
            assertThat(calls(context, "byName", key)).isEqualTo(1);
        });
    }

    @Test
    void takesTheOverflowInstanceForAKeyThatCannotBeShown() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).byName("line\nbreak");
            client(context).byName("x".repeat(100_000));
            assertThat(calls(context, "byName", "*")).isEqualTo(2);
        });
    }

    @Test
    void evaluatesTheKeysOfBothAnnotations() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).both("eu", "acme");
            assertThat(calls(context, "both", "eu")).isEqualTo(1);
            assertThat(bulkheads(context)
                            .get("both", "acme")
                            .snapshot()
                            .totals()
                            .permitted())
                    .isEqualTo(1);
        });
    }

    @Test
    void combinesAKeyedBreakerWithAPlainBulkhead() {
        GuardRunner.with(Client.class).run(context -> {
            client(context).breakerOnly("eu");
            assertThat(calls(context, "breakerOnly", "eu")).isEqualTo(1);
            assertThat(bulkheads(context).get("breakerOnly").snapshot().totals().permitted())
                    .isEqualTo(1);
        });
    }

    @Test
    void goesOnPickingTheRightInstanceOnceTheExpressionIsCompiled() {
        GuardRunner.with(Client.class).run(context -> {
            for (int i = 0; i < 1_000; i++) {
                client(context).byProperty(new Order("r" + i % 4));
            }
            assertThat(List.of("r0", "r1", "r2", "r3"))
                    .allSatisfy(
                            key -> assertThat(calls(context, "byProperty", key)).isEqualTo(250));
        });
    }

    @Test
    void failsTheCallWithTheCauseAndHoldsNoPermitWhereAKeyThrows() {
        GuardRunner.with(Client.class).run(context -> {
            assertThatThrownBy(() -> client(context).throwing(new Order(null)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Key '#order.region.length()' of @Breaker(\"throwing\") on "
                            + Client.class.getName() + ".throwing(KeyTests.Order) failed: ")
                    .cause()
                    .hasMessageContaining("length()");
            assertThat(breakers(context).get("throwing").snapshot().concurrent())
                    .isZero();
            assertThat(GuardRunner.concurrent(context, "throwing")).isZero();
            assertThat(calls(context, "throwing")).isZero();
        });
    }

    @Test
    void failsTheCallWithTheCauseWhereAKeyHasNoText() {
        Object order = new Object() {
            @Override
            public String toString() {
                throw new UnsupportedOperationException("no text");
            }
        };
        GuardRunner.with(Client.class)
                .run(context -> assertThatThrownBy(() -> client(context).textless(order))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Key '#order' of @Breaker(\"textless\") on " + Client.class.getName()
                                + ".textless(Object) failed: no text")
                        .hasCauseInstanceOf(UnsupportedOperationException.class));
    }

    @Test
    void failsTheCallWithTheCauseWhereACompiledKeyThrows() {
        GuardRunner.with(Client.class).run(context -> {
            for (int i = 0; i < 1_000; i++) {
                client(context).byProperty(new Order("eu"));
            }
            assertThatThrownBy(() -> client(context).byProperty(null))
                    .isInstanceOf(IllegalStateException.class)
                    .cause()
                    .hasMessageContaining("Property or field 'region' cannot be found on null");
            client(context).byProperty(new Order("eu"));
            assertThat(calls(context, "byProperty", "eu")).isEqualTo(1_001);
        });
    }

    interface Regional {
        @Breaker(name = "regional", key = "#region")
        void pay(String region);
    }

    static class RegionalClient implements Regional {
        @Override
        public void pay(String zone) {}
    }

    @Test
    void knowsTheParametersNamesOfTheInterfaceThatIsAnnotated() {
        GuardRunner.with(RegionalClient.class).run(context -> {
            context.getBean(Regional.class).pay("eu");
            assertThat(calls(context, "regional", "eu")).isEqualTo(1);
        });
    }

    static class Unparsable {
        @Breaker(name = "n", key = "#region.")
        void pay(String region) {}
    }

    @Test
    void failsTheStartForAKeyThatDoesNotParse() {
        assertFailure(
                GuardRunner.with(Unparsable.class),
                "Key '#region.' of @Breaker(\"n\") on " + Unparsable.class.getName()
                        + ".pay(String) does not parse: Expression [#region.] @7: EL1044E: Unexpectedly ran out of input.",
                "Write a SpEL expression over the arguments, as in \"#region\" or \"#p0.region\".");
    }

    static class WithoutOperand {
        @Breaker(name = "n", key = "#region + ++")
        void pay(String region) {}
    }

    @Test
    void failsTheStartForAKeyThatSpelItselfStumblesOver() {
        assertFailure(
                GuardRunner.with(WithoutOperand.class),
                "Key '#region + ++' of @Breaker(\"n\") on " + WithoutOperand.class.getName()
                        + ".pay(String) does not parse: Operand must not be null.",
                "Write a SpEL expression over the arguments, as in \"#region\" or \"#p0.region\".");
    }

    static class Misspelt {
        @Breaker(name = "n", key = "#order.region + #regoin")
        void pay(Order order, String region) {}
    }

    @Test
    void failsTheStartForAKeyThatNamesNoParameter() {
        assertFailure(
                GuardRunner.with(Misspelt.class),
                "Key '#order.region + #regoin' of @Breaker(\"n\") on " + Misspelt.class.getName()
                        + ".pay(KeyTests.Order, String) refers to #regoin, which is no parameter.",
                "Refer to one of #a0, #a1, #order, #p0, #p1, #region.");
    }

    static class NoParameters {
        @Breaker(name = "n", key = "#region")
        void pay() {}
    }

    @Test
    void failsTheStartForAKeyOverTheArgumentsOfAMethodThatHasNone() {
        assertFailure(
                GuardRunner.with(NoParameters.class),
                "Key '#region' of @Breaker(\"n\") on " + NoParameters.class.getName()
                        + ".pay() refers to #region, which is no parameter.",
                "The method has no parameters: leave the key out.");
    }

    static class OfABean {
        @Breaker(name = "n", key = "@regions.of(#p0)")
        void pay(String region) {}
    }

    @Test
    void failsTheStartForAKeyThatAsksABean() {
        assertFailure(
                GuardRunner.with(OfABean.class),
                "Key '@regions.of(#p0)' of @Breaker(\"n\") on " + OfABean.class.getName()
                        + ".pay(String) calls @regions, but it can only use the arguments.",
                "Write a SpEL expression over the arguments, as in \"#region\" or \"#p0.region\".");
    }

    /** Inherits a method from the JDK, whose class files have no names of parameters. */
    @Breaker(name = "nameless", key = "#pathname")
    interface Nameless extends FileFilter {}

    @Breaker(name = "nameless", key = "#p0")
    interface ByPosition extends FileFilter {}

    @Configuration(proxyBeanMethods = false)
    static class NamelessConfiguration {
        @Bean
        Nameless nameless() {
            return file -> true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByPositionConfiguration {
        @Bean
        ByPosition byPosition() {
            return file -> true;
        }
    }

    @Test
    void failsTheStartForAParametersNameThatTheClassFileDoesNotHave() {
        assertFailure(
                GuardRunner.with(NamelessConfiguration.class),
                "Key '#pathname' of @Breaker(\"nameless\") on " + Nameless.class.getName()
                        + ".accept(File) refers to #pathname, but the class was compiled without the names of its parameters.",
                "Compile with the option -parameters, or refer to the arguments by position: #p0 is the first.");
    }

    @Test
    void needsNoParametersNamesWhereAKeyRefersToPositions() {
        GuardRunner.with(ByPositionConfiguration.class).run(context -> {
            assertThat(context.getBean(ByPosition.class).accept(new File("eu"))).isTrue();
            assertThat(calls(context, "nameless", "eu")).isEqualTo(1);
        });
    }
}
