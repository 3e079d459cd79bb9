package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One conformance vector, played against a real breaker on virtual time; see the README beside the files. */
final class Vector {

    private final JsonNode vector;
    private final ManualTicker ticker = new ManualTicker();
    private final Map<String, BreakerPermit> permits = new HashMap<>();
    private final Map<String, Long> startedAt = new HashMap<>();
    private final Instant zero = ticker.instant();
    private final CircuitBreaker breaker;

    Vector(JsonNode vector) {
        this.vector = vector;
        ticker.setMillis(vector.get("steps").get(0).get("at").asLong());
        breaker = new CircuitBreaker(
                Name.of("vector"),
                VectorConfig.of(vector.get("config")),
                BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
    }

    void play() {
        int number = 0;
        for (JsonNode step : vector.get("steps")) {
            ticker.setMillis(step.get("at").asLong());
            String where = "step " + number++ + " " + step;
            take(step, where);
            check(step, where);
        }
    }

    private void take(JsonNode step, String where) {
        if (step.has("acquire")) {
            assertThat(acquire(step.get("acquire").asString())).as(where).isEqualTo(text(step, "expect"));
        } else if (step.has("record")) {
            record(step.get("record").asString(), text(step, "outcome"));
        } else if (step.has("force")) {
            breaker.force(force(step));
        } else if (step.has("release")) {
            breaker.release();
        } else if (step.has("reset")) {
            breaker.reset();
        } else {
            assertThat(step.has("look")).as(where).isTrue();
            breaker.state();
        }
    }

    private String acquire(String id) {
        try {
            permits.put(id, breaker.acquire());
            startedAt.put(id, ticker.nanos());
            return "permitted";
        } catch (BreakerOpenException rejection) {
            return rejection.reason().name();
        }
    }

    private void record(String id, String outcome) {
        BreakerPermit permit = permits.remove(id);
        if (outcome.equals("refused")) {
            breaker.refuse(permit);
        } else {
            Outcome ended = Outcome.valueOf(outcome.toUpperCase(Locale.ROOT));
            breaker.end(permit, ended, startedAt.get(id), ticker.nanos(), null);
        }
    }

    private Force force(JsonNode step) {
        BreakerState state = BreakerState.valueOf(text(step, "force"));
        if (!step.has("until")) {
            return Force.to(state);
        }
        long left = step.get("until").asLong() - step.get("at").asLong();
        return new Force(state, Duration.ofMillis(left), null, null);
    }

    private void check(JsonNode step, String where) {
        BreakerSnapshot seen = breaker.snapshot();
        assertThat(seen.state().name()).as(where).isEqualTo(text(step, "state"));
        assertThat(seen.generation()).as(where).isEqualTo(step.get("generation").asLong());
        if (seen.state() == BreakerState.OPEN) {
            assertThat(String.valueOf(seen.reason())).as(where).isEqualTo(text(step, "reason"));
            assertThat(seen.retryAt())
                    .as(where)
                    .isEqualTo(zero.plusMillis(step.get("retryAt").asLong()));
            assertThat(seen.streak()).as(where).isEqualTo(step.get("streak").asInt());
        }
    }

    private static String text(JsonNode step, String field) {
        return step.get(field).asString();
    }
}
