package dev.resilience.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** Starts the shop and its payment provider. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableResilientMethods // or @RetryableGuarded does nothing
public class ShopApplication {

    /** Starts the application; {@code --shop.traffic=20} has 20 customers a second. */
    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }
}
