package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.registry.BreakerRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The chain that docs/endpoint.md advises for operators who come with credentials. */
class GuardsOperatorRoleTests {

    @Configuration(proxyBeanMethods = false)
    static class Chain {

        @Bean
        @Order(1)
        SecurityFilterChain guards(HttpSecurity http) {
            return http.securityMatcher(EndpointRequest.to("guards"))
                    .authorizeHttpRequests(requests -> requests.requestMatchers(
                                    EndpointRequest.to("guards").withHttpMethod(HttpMethod.POST))
                            .hasRole("OPERATOR")
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice")
                            .password("{noop}a")
                            .roles("OPERATOR")
                            .build(),
                    User.withUsername("bob").password("{noop}b").roles("USER").build());
        }
    }

    @Test
    void letsEverybodyReadAndOperatorsWrite() {
        SpringApplicationBuilder shop = new SpringApplicationBuilder(GuardsApplication.class, Chain.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "management.endpoints.web.exposure.include=guards",
                        GuardsApplication.WRITABLE);
        try (ConfigurableApplicationContext context = shop.run()) {
            context.getBean(BreakerRegistry.class).get("payments");
            Http http = Http.to(context);
            assertThat(http.send(as("bob:b", http).GET()).status()).isEqualTo(200);
            assertThat(http.send(order("bob:b", http)).status()).isEqualTo(403);
            assertThat(http.send(order("alice:a", http)).body()).contains("\"by\":\"alice\"");
        }
    }

    private static HttpRequest.Builder as(String user, Http http) {
        String credentials = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return http.request("/guards/breakers/payments").header("Authorization", "Basic " + credentials);
    }

    private static HttpRequest.Builder order(String user, Http http) {
        return as(user, http)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"state\":\"FORCED_OPEN\"}"));
    }
}
