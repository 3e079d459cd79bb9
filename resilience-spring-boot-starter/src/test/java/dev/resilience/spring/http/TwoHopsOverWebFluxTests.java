package dev.resilience.spring.http;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

class TwoHopsOverWebFluxTests extends TwoHopsContract {

    TwoHopsOverWebFluxTests() {
        super(Shop.class, WebApplicationType.REACTIVE);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Shop {}

    @RestController
    static class Pages {

        private final WebClient client;

        Pages(WebClient.Builder clients) {
            this.client = clients.build();
        }

        @GetMapping("/seen")
        Mono<String> seen() {
            return Mono.deferContextual(context -> {
                Optional<Deadline> deadline = context.getOrEmpty(Deadline.CONTEXT_KEY);
                Optional<Criticality> criticality = context.getOrEmpty(Criticality.CONTEXT_KEY);
                return Mono.just(
                        deadline.map(left -> left.remaining().toMillis() + "").orElse("none") + " "
                                + criticality.map(Criticality::name).orElse("none"));
            });
        }

        @GetMapping("/relay")
        Mono<String> relay(@RequestParam int port) {
            Mono<String> there = client.get()
                    .uri("http://localhost:{port}/seen", port)
                    .retrieve()
                    .bodyToMono(String.class);
            return seen().flatMap(here -> there.map(next -> here + " " + next));
        }
    }
}
