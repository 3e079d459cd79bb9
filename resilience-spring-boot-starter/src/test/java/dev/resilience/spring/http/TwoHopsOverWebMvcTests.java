package dev.resilience.spring.http;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

class TwoHopsOverWebMvcTests extends TwoHopsContract {

    TwoHopsOverWebMvcTests() {
        super(Shop.class, WebApplicationType.SERVLET);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Shop {}

    @RestController
    static class Pages {

        private final RestClient client;

        Pages(RestClient.Builder clients) {
            this.client = clients.build();
        }

        @GetMapping("/seen")
        String seen() {
            Deadline deadline = Deadline.current();
            Criticality criticality = Criticality.current();
            return (deadline == null ? "none" : deadline.remaining().toMillis()) + " "
                    + (criticality == null ? "none" : criticality);
        }

        @GetMapping("/relay")
        String relay(@RequestParam int port) {
            String here = seen();
            return here + " "
                    + client.get()
                            .uri("http://localhost:{port}/seen", port)
                            .retrieve()
                            .body(String.class);
        }
    }
}
