package dev.resilience.soak;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.sample.ShopApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sample as it is, and tenants beside it. In a package of its own, where the sample does not find it. */
@Configuration(proxyBeanMethods = false)
class SoakApplication {

    /** Starts both in this process. */
    public static void main(String[] args) {
        SpringApplication.run(new Class<?>[] {ShopApplication.class, SoakApplication.class}, args);
    }

    @Bean
    Limits limits(BulkheadRegistry bulkheads) {
        return new Limits(bulkheads);
    }

    @Bean
    Tenants tenants(Limits limits) {
        return new Tenants(limits);
    }

    @Bean
    Tenants.Shelves shelves(Tenants tenants, Limits limits) {
        return new Tenants.Shelves(tenants, limits);
    }

    @Bean
    SoakController soakController(
            Tenants.Shelves shelves, Tenants tenants, BreakerRegistry breakers, BulkheadRegistry bulkheads) {
        return new SoakController(shelves, tenants, breakers, bulkheads);
    }
}
