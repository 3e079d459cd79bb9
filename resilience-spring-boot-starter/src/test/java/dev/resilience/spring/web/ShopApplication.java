package dev.resilience.spring.web;

import dev.resilience.DeadlineExceededException;
import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.Timeouts;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.publisher.Mono;

/** A real server whose handlers are refused their calls, at a standstill of time. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ShopApplication.Shop.class, ShopApplication.Counter.class, ShopApplication.CatchAll.class})
class ShopApplication {

    @Bean
    GuardEnvironment guardEnvironment() {
        return GuardEnvironment.DEFAULT.withTicker(new Standstill());
    }

    @Bean
    BreakerRegistry breakerRegistry(GuardEnvironment environment) {
        return new BreakerRegistry(name -> BreakerConfig.DEFAULTS, BreakerEnvironment.DEFAULT.withGuard(environment));
    }

    @Bean
    BulkheadRegistry bulkheadRegistry(GuardEnvironment environment) {
        return new BulkheadRegistry(name -> BulkheadConfig.DEFAULTS.withMaxConcurrent(1), environment);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class OnWebMvc {

        @Bean
        org.springframework.web.servlet.function.RouterFunction<?> function(Shop shop) {
            return org.springframework.web.servlet.function.RouterFunctions.route()
                    .GET(
                            "/function",
                            request -> org.springframework.web.servlet.function.ServerResponse.ok()
                                    .body(shop.full()))
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class OnWebFlux {

        @Bean
        org.springframework.web.reactive.function.server.RouterFunction<?> function(Shop shop) {
            return org.springframework.web.reactive.function.server.RouterFunctions.route()
                    .GET(
                            "/function",
                            request -> Mono.fromCallable(shop::full)
                                    .flatMap(
                                            org.springframework.web.reactive.function.server.ServerResponse.ok()
                                                    ::bodyValue))
                    .build();
        }
    }

    private static final class Standstill implements Ticker {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }
    }

    @RestController
    static class Shop {

        private final BreakerRegistry breakers;
        private final BulkheadRegistry bulkheads;

        Shop(BreakerRegistry breakers, BulkheadRegistry bulkheads) {
            this.breakers = breakers;
            this.bulkheads = bulkheads;
        }

        @GetMapping("/held-open")
        String heldOpen() throws Exception {
            breakers.get("payments", "tenant-7")
                    .force(new Force(BreakerState.FORCED_OPEN, Duration.ofMillis(12_001), "alice", "migration"));
            return breakers.get("payments", "tenant-7").call(() -> "paid");
        }

        @GetMapping("/full")
        String full() throws Exception {
            return bulkheads.get("stock").call(() -> bulkheads.get("stock").call(() -> "reserved"));
        }

        @GetMapping("/slow")
        String slow() {
            throw Timeouts.of("payments", Duration.ofSeconds(1));
        }

        @GetMapping("/slow-carried")
        String slowCarried() {
            throw new CompletionException(Timeouts.of("payments", Duration.ofSeconds(1)));
        }

        @GetMapping("/late")
        String late() {
            throw new DeadlineExceededException(
                    Name.of("payments").withKey("tenant-7"), DeadlineExceededException.Stage.RUNNING, false);
        }

        @GetMapping(path = "/carried", produces = "text/plain")
        String carried() throws Exception {
            try {
                return full();
            } catch (RuntimeException rejected) {
                throw new CompletionException(rejected);
            }
        }

        @GetMapping("/interpreted")
        String interpreted() throws Exception {
            try {
                return full();
            } catch (RuntimeException rejected) {
                throw new IllegalStateException("The shop itself is broken", rejected);
            }
        }
    }

    @RestController
    static class Counter {

        private final Shop shop;

        Counter(Shop shop) {
            this.shop = shop;
        }

        @GetMapping("/counter")
        String reserve() throws Exception {
            return shop.full();
        }

        @ExceptionHandler
        ResponseEntity<String> full(BulkheadFullException full) {
            return ResponseEntity.status(429).body("queue at the counter");
        }
    }

    @RestControllerAdvice
    @ConditionalOnBooleanProperty("test.advice")
    static class CatchAll {

        @ExceptionHandler
        ResponseEntity<String> any(Exception thrown) {
            return ResponseEntity.status(418).body("advised");
        }
    }
}
