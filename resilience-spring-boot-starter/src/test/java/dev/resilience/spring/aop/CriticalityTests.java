package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.Failures.assertFailure;
import static dev.resilience.spring.aop.GuardRunner.bulkheads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Criticality;
import dev.resilience.bulkhead.ShareSnapshot;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import reactor.core.publisher.Mono;

@SuppressWarnings("try") // a scope is there to be open, not to be called
class CriticalityTests {

    static class Client {
        @Bulkhead(name = "shared", criticality = "customer")
        public void ofCustomers() {}

        @Bulkhead(name = "shared", criticality = "#who")
        public void of(String who) {}

        @Bulkhead("shared")
        public void ofWhoeverCalls() {}

        @Bulkhead("shared")
        public CompletableFuture<String> later() {
            return CompletableFuture.completedFuture("made");
        }

        @Bulkhead("shared")
        public Mono<String> subscribed() {
            return Mono.just("made");
        }
    }

    private static void run(Consumer<Client> calls, Consumer<AssertableApplicationContext> check) {
        GuardRunner.with(Client.class)
                .withPropertyValues(
                        "resilience.bulkheads.shared.shares.customer=50", "resilience.bulkheads.shared.shares.batch=20")
                .run(context -> {
                    calls.accept(context.getBean(Client.class));
                    check.accept(context);
                });
    }

    private static long made(AssertableApplicationContext context, String criticality) {
        return bulkheads(context)
                .get("shared")
                .snapshot()
                .shares()
                .get(criticality)
                .totals()
                .permitted();
    }

    private static long unreserved(AssertableApplicationContext context) {
        ShareSnapshot rest = bulkheads(context).get("shared").snapshot().unreserved();
        return rest.totals().permitted();
    }

    @Test
    void isTheAnnotations() {
        run(
                Client::ofCustomers,
                context -> assertThat(made(context, "customer")).isOne());
    }

    @Test
    void isPickedByAnExpression() {
        run(
                client -> {
                    client.of("customer");
                    client.of("batch");
                    client.of("batch");
                },
                context -> {
                    assertThat(made(context, "customer")).isOne();
                    assertThat(made(context, "batch")).isEqualTo(2);
                });
    }

    @Test
    void isTheCallersWhereTheExpressionPicksNone() {
        run(
                client -> {
                    try (Criticality.Scope scope = Criticality.of("batch").open()) {
                        client.of(null);
                    }
                },
                context -> assertThat(made(context, "batch")).isOne());
    }

    @Test
    void isNoneWhereTheExpressionPicksWhatIsNoName() {
        run(
                client -> client.of("a\nb"),
                context -> assertThat(unreserved(context)).isOne());
    }

    @Test
    void isTheCallersScopeWithoutOneInTheAnnotation() {
        run(
                client -> {
                    try (Criticality.Scope scope = Criticality.of("Customer").open()) {
                        client.ofWhoeverCalls();
                        assertThat(client.later()).isCompletedWithValue("made");
                        assertThat(client.subscribed().block()).isEqualTo("made");
                    }
                    client.ofWhoeverCalls();
                },
                context -> {
                    assertThat(made(context, "customer")).isEqualTo(3);
                    assertThat(unreserved(context)).isOne();
                });
    }

    @Test
    void isTheAnnotationsEvenInsideOfAnotherScope() {
        run(
                client -> {
                    try (Criticality.Scope scope = Criticality.of("batch").open()) {
                        client.ofCustomers();
                    }
                },
                context -> assertThat(made(context, "customer")).isOne());
    }

    static class Misspelt {
        @Bulkhead(name = "shared", criticality = "not a name")
        public void pay() {}
    }

    @Test
    void failsTheStartWhereItIsNoName() {
        assertFailure(
                GuardRunner.with(Misspelt.class),
                "The criticality of @Bulkhead(\"shared\") on " + Misspelt.class.getName()
                        + ".pay() is no name: 'not a name' must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}.",
                "Write the name of a share, as in \"customer\", or a SpEL expression that begins with '#'.");
    }

    static class Unknown {
        @Bulkhead(name = "shared", criticality = "#nobody")
        public void pay(String who) {}
    }

    @Test
    void failsTheStartForAnExpressionOverWhatIsNotThere() {
        assertFailure(
                GuardRunner.with(Unknown.class),
                "Criticality '#nobody' of @Bulkhead(\"shared\") on " + Unknown.class.getName()
                        + ".pay(String) refers to #nobody, which is no parameter.",
                "Refer to one of #a0, #p0, #who.");
    }
}
