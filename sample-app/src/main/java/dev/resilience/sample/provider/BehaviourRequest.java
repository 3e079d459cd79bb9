package dev.resilience.sample.provider;

import dev.resilience.sample.Region;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * The body that steers the provider; what it leaves out is healthy.
 *
 * @param region the region that is meant, all if left out
 * @param latency as in a properties file: {@code 200ms}
 */
record BehaviourRequest(
        @Nullable Region region,
        @Nullable Double failureRate,
        @Nullable String latency,
        @Nullable Boolean hang,
        @Nullable Integer failures) {

    Behaviour behaviour() {
        return new Behaviour(
                failureRate == null ? 0 : failureRate,
                latency == null ? Duration.ZERO : DurationStyle.detectAndParse(latency),
                hang != null && hang,
                failures == null ? 0 : failures);
    }

    List<Region> regions() {
        return region == null ? List.of(Region.values()) : List.of(region);
    }
}
