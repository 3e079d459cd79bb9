package dev.resilience.benchmarks.footprint;

import dev.resilience.spring.annotation.Breaker;
import dev.resilience.spring.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that answers a request with a fixed piece of work behind a guard, of whichever starter is on the class path: an
 * annotation whose class is missing at run time is as if it were not there.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Shop.Prices.class, Shop.Page.class})
public class Shop {

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        ConfigurableApplicationContext context = SpringApplication.run(
                Shop.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=error",
                "--resilience4j.bulkhead.configs.default.max-concurrent-calls=25");
        ChildJvm.print("port", Double.parseDouble(context.getEnvironment().getRequiredProperty("local.server.port")));
        System.out.flush();
        while (System.in.read() >= 0) {
            // until whoever started it closes it
        }
        context.close();
    }

    /** What is guarded. */
    public static class Prices {

        private static final int DIGITS = 200;

        /** Makes a text of some hundred characters. */
        @Breaker("prices")
        @Bulkhead("prices")
        @CircuitBreaker(name = "prices")
        @io.github.resilience4j.bulkhead.annotation.Bulkhead(name = "prices")
        public String quote() {
            StringBuilder quote = new StringBuilder();
            for (int digit = 0; digit < DIGITS; digit++) {
                quote.append(digit);
            }
            return quote.toString();
        }
    }

    /** What is asked for it. */
    @RestController
    public static class Page {

        private final Prices prices;

        /** Creates the page. */
        public Page(Prices prices) {
            this.prices = prices;
        }

        /** Answers. */
        @GetMapping("/quote")
        public String quote() {
            return prices.quote();
        }
    }
}
