package dev.resilience.soak;

import java.util.List;
import java.util.Random;

/** Flips the behaviour of the sample's provider, one region at a time. */
final class Weather {

    private static final List<String> REGIONS = List.of("EU", "US", "AP");
    private static final List<String> BEHAVIOURS = List.of(
            "",
            "",
            ",\"failureRate\":100",
            ",\"failureRate\":40",
            ",\"latency\":\"80ms\"",
            ",\"latency\":\"1200ms\"",
            ",\"hang\":true");

    private final Site site;
    private final Random random;

    Weather(Site site, Random random) {
        this.site = site;
        this.random = random;
    }

    void change() {
        String region = REGIONS.get(random.nextInt(REGIONS.size()));
        behave("{\"region\":\"" + region + "\"" + BEHAVIOURS.get(random.nextInt(BEHAVIOURS.size())) + "}");
    }

    void clear() {
        behave("{}");
    }

    private void behave(String behaviour) {
        int status = site.post("/provider/behaviour", behaviour).statusCode();
        if (status != 200) {
            throw new IllegalStateException("The provider answered " + status + " to " + behaviour);
        }
    }
}
