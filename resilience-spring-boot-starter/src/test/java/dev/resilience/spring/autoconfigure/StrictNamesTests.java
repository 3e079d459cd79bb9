package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StrictNamesTests {

    private static ApplicationContextRunner application(String yaml, Class<?> bean) {
        return Configured.by(yaml)
                .withConfiguration(AutoConfigurations.of(GuardAopAutoConfiguration.class))
                .withBean(bean);
    }

    @Test
    void refusesANameWithoutAnEntryAndListsThoseThatThereAre() {
        application("""
                        resilience:
                          strict-names: true
                          breakers: {stock: ~, payments: ~}
                        """, Misspelt.class).run(context -> {
            assertThat(Configured.report(context).getDescription())
                    .isEqualTo(
                            "@Breaker(\"paymnets\") on dev.resilience.spring.autoconfigure.StrictNamesTests$Misspelt.pay() names no configured breaker. "
                                    + "Configured: payments, stock.");
            assertThat(Configured.report(context).getAction())
                    .isEqualTo("Correct the name - did you mean 'payments'? Or add resilience.breakers.paymnets, "
                            + "or set resilience.strict-names to false.");
        });
    }

    @Test
    void refusesABulkheadWhereThereIsNoEntryAtAll() {
        application("resilience: {strict-names: true, breakers: {files: ~}}", Uploads.class)
                .run(context -> {
                    assertThat(Configured.report(context).getDescription())
                            .endsWith("names no configured bulkhead. There is none.");
                    assertThat(Configured.report(context).getAction())
                            .isEqualTo("Add resilience.bulkheads.files, or set resilience.strict-names to false.");
                });
    }

    @Test
    void takesANameInAnySpelling() {
        application("resilience: {strict-names: true, bulkheads: {FILES: ~}}", Uploads.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void asksForNoEntryUnlessItIsTold() {
        application("resilience.breakers.payments.mode: enforce", Misspelt.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    static class Misspelt {

        @Breaker("paymnets")
        public void pay() {}
    }

    static class Uploads {

        @Bulkhead("files")
        public void upload() {}
    }
}
