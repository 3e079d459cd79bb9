package dev.resilience;

import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.io.IOException;

/** Guards a call with nothing but the core. */
public final class WithoutSpring {

    private WithoutSpring() {}

    public static void main(String[] args) {
        BreakerConfig config = BreakerConfig.DEFAULTS
                .withWindow(WindowSize.calls(20))
                .withTrip(TripConfig.DEFAULTS.withMinimumCalls(4));
        BreakerEnvironment environment = BreakerEnvironment.DEFAULT.withListener(transition ->
                System.out.println(transition.name() + ": " + transition.from() + " -> " + transition.to()));
        CircuitBreaker breaker = new CircuitBreaker(Name.of("stock"), config, environment);
        SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("stock", BulkheadConfig.DEFAULTS.withMaxConcurrent(10));
        Guard guard = Guard.of(breaker, bulkhead);

        for (String article : new String[] {"teapot", "kettle", "?", "?", "cup"}) {
            try {
                System.out.println(article + ": " + guard.call(() -> inStock(article)) + " in stock");
            } catch (CallRejectedException rejection) {
                System.out.println(article + ": not asked, " + rejection.getMessage());
            } catch (Exception failure) {
                System.out.println(article + ": " + failure.getMessage());
            }
        }
    }

    private static int inStock(String article) throws IOException {
        if (article.equals("?")) {
            throw new IOException("the warehouse does not answer");
        }
        return article.length();
    }
}
