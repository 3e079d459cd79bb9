package dev.resilience.sample.traffic;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How busy the shop is.
 *
 * @param traffic customers a second, 0 for none
 */
@ConfigurationProperties("shop")
record TrafficProperties(@DefaultValue("0") int traffic) {

    TrafficProperties {
        if (traffic < 0 || traffic > 1000) {
            throw new IllegalArgumentException("Invalid shop.traffic (" + traffic + "): must be 0 to 1000 a second");
        }
    }
}
