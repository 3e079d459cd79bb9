package dev.resilience.sample.shop;

import dev.resilience.sample.Region;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers see of the shop. */
@RestController
class OrderController {

    private final PaymentClient payments;

    OrderController(PaymentClient payments) {
        this.payments = payments;
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

    @PostMapping("/orders")
    Order order(@RequestParam Region region, @RequestParam(defaultValue = "25") int amount) {
        Receipt receipt = payments.charge(region, amount);
        return new Order(UUID.randomUUID().toString(), region, amount, receipt.id());
    }
}
