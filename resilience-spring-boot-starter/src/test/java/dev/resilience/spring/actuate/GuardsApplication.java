package dev.resilience.spring.actuate;

import dev.resilience.GuardEnvironment;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** A real server on a port of its own, with breakers whose clock is turned by hand. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GuardsApplication {

    /** Opens at 2 failures of 4 calls. */
    static final BreakerConfig BREAKER =
            BreakerConfig.DEFAULTS.withWindow(WindowSize.calls(4)).withTrip(TripConfig.DEFAULTS.withMinimumCalls(4));

    /** Leaves Spring Security out. */
    static final String OPEN = "spring.autoconfigure.exclude="
            + Stream.of(
                            "web.servlet.ServletWebSecurityAutoConfiguration",
                            "web.servlet.SecurityFilterAutoConfiguration",
                            "web.reactive.ReactiveWebSecurityAutoConfiguration",
                            "actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                            "actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
                            "UserDetailsServiceAutoConfiguration",
                            "ReactiveUserDetailsServiceAutoConfiguration")
                    .map(type -> "org.springframework.boot.security.autoconfigure." + type)
                    .collect(Collectors.joining(","));

    /** Opens writing. */
    static final String WRITABLE = "management.endpoint.guards.access=unrestricted";

    private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());

    static ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
        return new SpringApplicationBuilder(GuardsApplication.class)
                .web(type)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=guards",
                        "spring.application.name=shop")
                .properties(properties)
                .run();
    }

    List<AuditEvent> events() {
        return events;
    }

    @EventListener
    void on(AuditApplicationEvent event) {
        events.add(event.getAuditEvent());
    }

    @Bean
    ManualTicker ticker() {
        return new ManualTicker();
    }

    @Bean
    GuardEnvironment guardEnvironment(ManualTicker ticker) {
        return GuardEnvironment.DEFAULT.withTicker(ticker).withRandom(() -> 0.5);
    }

    @Bean
    BreakerRegistry breakerRegistry(GuardEnvironment environment) {
        return new BreakerRegistry(name -> BREAKER, BreakerEnvironment.DEFAULT.withGuard(environment));
    }

    @Bean
    BulkheadRegistry bulkheadRegistry(GuardEnvironment environment) {
        return new BulkheadRegistry(name -> BulkheadConfig.DEFAULTS, environment);
    }
}
