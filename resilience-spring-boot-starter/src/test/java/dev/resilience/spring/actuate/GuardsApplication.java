package dev.resilience.spring.actuate;

import dev.resilience.GuardEnvironment;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.ManualTicker;
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
    static final String OPEN = exclude(
            "security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
            "security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
            "security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
            "security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
            "security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration");

    /** Opens writing. */
    static final String WRITABLE = "management.endpoint.guards.access=unrestricted";

    private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());

    /** Leaves out these, and one of the two servers that the tests bring for a management port of WebFlux. */
    private static String exclude(String... types) {
        String server = "tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration";
        return Stream.concat(Stream.of(server), Stream.of(types))
                .map(type -> "org.springframework.boot." + type)
                .collect(Collectors.joining(",", "spring.autoconfigure.exclude=", ""));
    }

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
