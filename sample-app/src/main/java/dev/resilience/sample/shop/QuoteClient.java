package dev.resilience.sample.shop;

import dev.resilience.sample.Region;
import dev.resilience.sample.provider.ProviderAddress;
import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks the payment provider for several things at once. */
@Component
class QuoteClient {

    private final RestClient http;
    private final ProviderAddress provider;

    QuoteClient(RestClient.Builder http, ProviderAddress provider) {
        this.http = http.build();
        this.provider = provider;
    }

    /** Returns at once: the bulkhead has an {@code executor}, on whose threads this body may block. */
    @Breaker(name = "payments", key = "#region")
    @Bulkhead("quotes")
    public CompletableFuture<Quote> quote(Region region, String method) {
        Quote quote = http.get()
                .uri(provider.uri(region, "quotes/" + method))
                .retrieve()
                .body(Quote.class);
        return CompletableFuture.completedFuture(
                Objects.requireNonNull(quote, "The provider answered without a quote"));
    }
}
