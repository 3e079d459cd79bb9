package dev.resilience.sample.shop;

import dev.resilience.sample.Region;
import dev.resilience.sample.provider.ProviderAddress;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import dev.resilience.spring.retry.RetryableGuarded;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/**
 * Calls the payment provider.
 *
 * <p>All methods call the same installation of a region, so they share its breaker: what one of them learns of the provider's
 * health spares the others the finding out. Browsing has a bulkhead of its own, so that it cannot take the places of paying;
 * paying and reconciling share one, in which customers have a share.
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

    /**
     * Asks the provider what it has charged. Nobody waits for it, so it lives on what customers leave; and asking twice does no harm, so
     * it may be retried. A charge may not: the customer would pay twice.
     */
    @RetryableGuarded(excludes = HttpClientErrorException.class)
    @Breaker(name = "payments", key = "#region")
    @Bulkhead(name = "payments", criticality = "background")
    public Reconciliation reconcile(Region region) {
        Reconciliation charges =
                http.get().uri(provider.uri(region, "charges")).retrieve().body(Reconciliation.class);
        return Objects.requireNonNull(charges, "The provider answered without its charges");
    }

    /** What the shop can offer by itself. */
    PaymentMethods invoiceOnly(Region region) {
        return new PaymentMethods(region, List.of("invoice"), "fallback");
    }
}
