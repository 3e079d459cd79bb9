package dev.resilience.sample.shop;

import dev.resilience.sample.Region;
import dev.resilience.sample.provider.ProviderAddress;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Calls the payment provider.
 *
 * <p>Both methods call the same installation of a region, so they share its breaker: what one of them learns of the provider's
 * health spares the other the finding out. Each has a bulkhead of its own, so that browsing cannot take the places of paying.
 */
@Component
class PaymentClient {

    private final RestClient http;
    private final ProviderAddress provider;

    PaymentClient(RestClient.Builder http, ProviderAddress provider) {
        this.http = http.build();
        this.provider = provider;
    }

    /** Has the provider charge a customer. There is no fallback: nobody can make up a payment. */
    @Breaker(name = "payments", key = "#region")
    @Bulkhead("payments")
    public Receipt charge(Region region, int amount) {
        Receipt receipt = http.post()
                .uri(provider.uri(region, "charges?amount=" + amount))
                .retrieve()
                .body(Receipt.class);
        return Objects.requireNonNull(receipt, "The provider answered without a receipt");
    }

    /** Asks the provider how customers of a region can pay. */
    @Breaker(name = "payments", key = "#region", fallback = "invoiceOnly")
    @Bulkhead("payment-methods")
    public PaymentMethods methods(Region region) {
        String[] methods =
                http.get().uri(provider.uri(region, "methods")).retrieve().body(String[].class);
        return new PaymentMethods(region, List.of(Objects.requireNonNull(methods)), "provider");
    }

    /** What the shop can offer by itself. */
    PaymentMethods invoiceOnly(Region region) {
        return new PaymentMethods(region, List.of("invoice"), "fallback");
    }
}
