package dev.resilience.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Starts the shop and its provider on free ports, without customers; classes that have it share both. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "shop.traffic=0",
            "provider.port=0",
            "resilience.breakers.payments.window=10m",
            "resilience.breakers.payments.open.jitter=0"
        })
@interface ShopTest {}
