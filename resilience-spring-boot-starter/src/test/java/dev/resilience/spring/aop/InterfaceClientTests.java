package dev.resilience.spring.aop;

import static dev.resilience.spring.aop.GuardRunner.calls;
import static dev.resilience.spring.aop.GuardRunner.forceOpen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.ExpectedCount;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

class InterfaceClientTests {

    @HttpExchange("http://stock.example")
    @Bulkhead("stock")
    interface StockClient {

        @GetExchange("/{id}")
        @Breaker(fallback = "none", key = "#id")
        String inStock(@PathVariable String id);

        @GetExchange("/{id}/price")
        @Breaker("prices")
        String price(@PathVariable String id);

        default String none(String id, BreakerOpenException open) {
            return name(id) + " for " + open.name();
        }

        private String name(String id) {
            return "none of " + id;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithClient {
        @Bean
        StockClient stockClient() {
            RestClient.Builder builder = RestClient.builder();
            MockRestServiceServer server = MockRestServiceServer.bindTo(builder).build();
            server.expect(ExpectedCount.manyTimes(), requestTo("http://stock.example/7"))
                    .andRespond(withSuccess("12", MediaType.TEXT_PLAIN));
            return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(builder.build()))
                    .build()
                    .createClient(StockClient.class);
        }
    }

    @Test
    void guardsTheCallsOfAnHttpClientThatIsOnlyAnInterface() {
        GuardRunner.with(WithClient.class).run(context -> {
            assertThat(context.getBean(StockClient.class).inStock("7")).isEqualTo("12");
            assertThat(calls(context, "stock-client-in-stock", "7")).isEqualTo(1);
            assertThat(GuardRunner.bulkheads(context)
                            .get("stock")
                            .snapshot()
                            .totals()
                            .permitted())
                    .isEqualTo(1);
        });
    }

    @Test
    void callsADefaultMethodInsteadOfTheHttpClient() {
        GuardRunner.with(WithClient.class).run(context -> {
            context.getBean(StockClient.class).inStock("7");
            GuardRunner.breakers(context)
                    .family(Name.of("stock-client-in-stock"))
                    .force(Force.to(BreakerState.FORCED_OPEN));
            assertThat(context.getBean(StockClient.class).inStock("7"))
                    .isEqualTo("none of 7 for stock-client-in-stock");
        });
    }

    @Test
    void refusesACallWithoutAFallback() {
        GuardRunner.with(WithClient.class).run(context -> {
            forceOpen(context, "prices");
            assertThatThrownBy(() -> context.getBean(StockClient.class).price("7"))
                    .isInstanceOf(BreakerOpenException.class);
        });
    }

    @Test
    void tellsTheMethodsOfAnInterfaceByTheInterfacesName() {
        GuardRunner.with(WithClient.class)
                .run(context -> assertThat(context.getBean(GuardedMethods.class).of(GuardKind.BREAKER, "prices"))
                        .containsExactly("StockClient.price(String)"));
    }
}
