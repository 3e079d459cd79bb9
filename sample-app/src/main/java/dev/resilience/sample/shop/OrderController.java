package dev.resilience.sample.shop;

import dev.resilience.sample.Region;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers see of the shop. */
@RestController
class OrderController {

    private static final List<String> METHODS = List.of("card", "transfer", "invoice");

    private final PaymentClient payments;
    private final QuoteClient quotes;

    OrderController(PaymentClient payments, QuoteClient quotes) {
        this.payments = payments;
        this.quotes = quotes;
    }

    /** Needs nobody else, and must answer whatever the provider does. */
    @GetMapping("/products")
    List<String> products() {
        return List.of("teapot", "kettle", "cup");
    }

    @GetMapping("/payment-methods")
    PaymentMethods paymentMethods(@RequestParam Region region) {
        return payments.methods(region);
    }

    /** Asks for all of them at once; no thread of the shop waits for the answers. */
    @GetMapping("/quotes")
    CompletableFuture<List<Quote>> quotes(@RequestParam Region region) {
        List<CompletableFuture<Quote>> asked =
                METHODS.stream().map(method -> quotes.quote(region, method)).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
    }

    @PostMapping("/orders")
    Order order(@RequestParam Region region, @RequestParam(defaultValue = "25") int amount) {
        Receipt receipt = payments.charge(region, amount);
        return new Order(UUID.randomUUID().toString(), region, amount, receipt.id());
    }

    /** What a nightly job would call. */
    @PostMapping("/reconciliations")
    Reconciliation reconciliation(@RequestParam Region region) {
        return payments.reconcile(region);
    }
}
