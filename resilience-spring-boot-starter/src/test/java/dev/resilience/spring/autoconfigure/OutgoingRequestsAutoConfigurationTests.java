package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Criticality;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.http.OutgoingHeaders;
import dev.resilience.spring.http.OutgoingHeadersExchangeFilter;
import dev.resilience.spring.http.OutgoingHeadersInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.core.publisher.Mono;

class OutgoingRequestsAutoConfigurationTests {

    private static final AutoConfigurations OURS =
            AutoConfigurations.of(ResilienceAutoConfiguration.class, OutgoingRequestsAutoConfiguration.class);

    private final ApplicationContextRunner bare = new ApplicationContextRunner().withConfiguration(OURS);
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(OURS)
            .withConfiguration(AutoConfigurations.of(
                    RestClientAutoConfiguration.class,
                    RestTemplateAutoConfiguration.class,
                    WebClientAutoConfiguration.class));
    private final HttpHeaders sent = new HttpHeaders();
    private final ClientHttpRequestFactory network = (uri, method) -> {
        MockClientHttpRequest request = new MockClientHttpRequest(method, uri) {
            @Override
            protected org.springframework.http.client.ClientHttpResponse executeInternal() {
                sent.putAll(getHeaders());
                return new MockClientHttpResponse(new byte[0], 200);
            }
        };
        return request;
    };

    @BeforeEach
    void open() {
        Criticality.restore(Criticality.of("customer"));
    }

    @AfterEach
    void forget() {
        Criticality.restore(null);
    }

    private void assertThatTheCriticalityWasSent() {
        assertThat(sent.getOrEmpty("X-Request-Criticality")).containsExactly("customer");
    }

    @Test
    void sendsWithRestClient() {
        runner.run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class)
                    .requestFactory(network)
                    .build();
            client.get().uri("http://stock/items").retrieve().toBodilessEntity();
            assertThatTheCriticalityWasSent();
        });
    }

    @Test
    void sendsWithRestTemplate() {
        runner.run(context -> {
            RestTemplate client = context.getBean(RestTemplateBuilder.class)
                    .requestFactory(() -> network)
                    .build();
            client.getForEntity("http://stock/items", Void.class);
            assertThatTheCriticalityWasSent();
        });
    }

    @Test
    void sendsWithWebClient() {
        runner.run(context -> {
            WebClient client = context.getBean(WebClient.Builder.class)
                    .exchangeFunction(request -> {
                        sent.putAll(request.headers());
                        return Mono.just(ClientResponse.create(HttpStatus.OK).build());
                    })
                    .build();
            client.get().uri("http://stock/items").retrieve().toBodilessEntity().block();
            assertThatTheCriticalityWasSent();
        });
    }

    /** Of an interface, as applications have them. */
    interface Stock {

        @GetExchange("http://stock/items")
        void items();
    }

    @Test
    void sendsWithAnInterfaceClient() {
        runner.run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class)
                    .requestFactory(network)
                    .build();
            HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                    .build()
                    .createClient(Stock.class)
                    .items();
            assertThatTheCriticalityWasSent();
        });
    }

    @Test
    void sendsUnderTheConfiguredName() {
        runner.withPropertyValues("resilience.criticality.header=X-Class").run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class)
                    .requestFactory(network)
                    .build();
            client.get().uri("http://stock/items").retrieve().toBodilessEntity();
            assertThat(sent.getOrEmpty("X-Class")).containsExactly("customer");
            assertThat(sent.getOrEmpty("X-Request-Criticality")).isEmpty();
        });
    }

    @Test
    void sendsOneOfTheTwoOnly() {
        runner.withPropertyValues("resilience.criticality.send=false").run(context -> {
            RestClient client = context.getBean(RestClient.Builder.class)
                    .requestFactory(network)
                    .build();
            client.get().uri("http://stock/items").retrieve().toBodilessEntity();
            assertThat(sent.getOrEmpty("X-Request-Criticality")).isEmpty();
        });
    }

    @Test
    void leavesClientsAloneWhereNothingIsSent() {
        runner.withPropertyValues("resilience.deadline.send=false", "resilience.criticality.send=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(OutgoingHeadersInterceptor.class)
                        .doesNotHaveBean(OutgoingHeadersExchangeFilter.class)
                        .doesNotHaveBean(RestTemplateCustomizer.class)
                        .doesNotHaveBean("outgoingHeadersRestClientCustomizer")
                        .doesNotHaveBean("outgoingHeadersWebClientCustomizer"));
    }

    @Test
    void givesWayToBeansOfTheUser() {
        OutgoingHeaders nothing = new OutgoingHeaders(null, null, false);
        runner.withBean("own", OutgoingHeadersInterceptor.class, () -> new OutgoingHeadersInterceptor(nothing))
                .withBean(
                        "other", OutgoingHeadersExchangeFilter.class, () -> new OutgoingHeadersExchangeFilter(nothing))
                .run(context -> {
                    assertThat(context).hasSingleBean(OutgoingHeadersInterceptor.class);
                    assertThat(context).hasSingleBean(OutgoingHeadersExchangeFilter.class);
                });
        RestClientCustomizer own = builder -> {};
        runner.withBean("outgoingHeadersRestClientCustomizer", RestClientCustomizer.class, () -> own)
                .run(context -> assertThat(context.getBean("outgoingHeadersRestClientCustomizer"))
                        .isSameAs(own));
    }

    @Test
    void startsWithoutSpringBootsClientsAndHasAnInterceptorForOthers() {
        bare.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.restclient", "org.springframework.boot.webclient"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(OutgoingHeadersInterceptor.class)
                        .hasSingleBean(OutgoingHeadersExchangeFilter.class)
                        .doesNotHaveBean("outgoingHeadersRestClientCustomizer")
                        .doesNotHaveBean("outgoingHeadersRestTemplateCustomizer")
                        .doesNotHaveBean("outgoingHeadersWebClientCustomizer"));
    }

    @Test
    void startsWithoutWebFlux() {
        bare.withClassLoader(new FilteredClassLoader("reactor", "org.springframework.web.reactive"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(OutgoingHeadersInterceptor.class)
                        .doesNotHaveBean(OutgoingHeadersExchangeFilter.class)
                        .doesNotHaveBean(WebClientCustomizer.class));
    }

    @Test
    void startsWithoutTheWeb() {
        bare.withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.http"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(BreakerRegistry.class)
                        .doesNotHaveBean("outgoingHeadersInterceptor"));
    }
}
