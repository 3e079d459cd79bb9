package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerState;
import dev.resilience.spring.shared.StoreCommand.Interval;
import dev.resilience.spring.shared.StoreCommand.Probe;
import dev.resilience.spring.shared.StoreCommand.Round;
import dev.resilience.spring.shared.StoreCommand.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scenario of the conformance file, run step by step against a real server whose clock is the scenario's. */
final class StoreScenario {

    private static final String BREAKER = "v";
    private static final Map<String, Probe> OUTCOMES =
            Map.of("S", Probe.SUCCESS, "F", Probe.FAILURE, "U", Probe.UNUSED);

    private final Map<String, Object> scenario;
    private final Map<String, Object> config;
    private final Map<String, Object> names = new HashMap<>(Map.of("0", 0L));
    private final Map<Long, FleetState> saved = new HashMap<>();
    private final List<String> statuses = new ArrayList<>();
    private final List<String> transitions = new ArrayList<>();
    private BreakerState state = BreakerState.CLOSED;

    StoreScenario(Map<String, Object> scenario) {
        this.scenario = scenario;
        this.config = object(scenario.get("config"));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(@Nullable Object json) {
        return (Map<String, Object>) json;
    }

    void run() {
        try (StoreFixture store = new StoreFixture(BREAKER)) {
            for (Object step : (List<?>) scenario.get("steps")) {
                store.at(number(object(step).get("at")));
                step(store, object(step));
            }
        }
    }

    List<String> statuses() {
        return statuses;
    }

    List<String> transitions() {
        return transitions;
    }

    private void step(StoreFixture store, Map<String, Object> step) {
        switch (text(step, "do")) {
            case "flush" -> {
                store.flush();
                state = BreakerState.CLOSED;
            }
            case "expire" -> {
                store.redis.del(store.stateKey());
                state = BreakerState.CLOSED;
            }
            case "write" -> {
                Map<String, String> fields = new HashMap<>();
                object(step.get("fields")).forEach((field, value) -> fields.put(field, value.toString()));
                store.write(fields);
            }
            case "sync" -> sync(store, step);
            default -> act(store, step);
        }
    }

    private void act(StoreFixture store, Map<String, Object> step) {
        String operation = text(step, "do");
        long epoch = number(step.getOrDefault(operation.equals("restore") ? "from" : "epoch", 0));
        StoreAnswer answer = store.act(text(step, "node"), epoch, command(operation, step));
        assertThat(answer.status()).as("%s", step).hasToString(text(step, "expect"));
        statuses.add(answer.status().name());
        if (!answer.isUsable()) {
            return;
        }
        follow(operation, answer.breakerState());
        expect(step, answer);
        save(step, answer);
    }

    private void follow(String operation, BreakerState after) {
        if (state != after) {
            transitions.add(state + " " + after + " " + operation);
        }
        state = after;
    }

    private void expect(Map<String, Object> step, StoreAnswer answer) {
        FleetState now = answer.state();
        Map<String, Object> actual = new HashMap<>();
        actual.put("state", answer.breakerState().name());
        actual.put("leases", (long) answer.leases().size());
        actual.put("epochIs", answer.epoch());
        if (now != null) {
            actual.putAll(Map.of("retryAt", now.retryAt(), "streak", (long) now.streak(), "because", now.reason()));
            actual.put("decidedBy", now.node());
            actual.putAll(Map.of("by", now.orderedBy(), "why", now.orderReason()));
            actual.putAll(Map.of("rampEndsAt", now.rampEndsAt(), "since", now.since()));
            actual.putAll(
                    Map.of("done", (long) now.done(), "failed", (long) now.failed(), "atOnce", (long) now.atOnce()));
        }
        actual.forEach((what, value) -> {
            Object expected = resolved(step.get(what));
            if (expected != null) {
                assertThat(value instanceof Long ? number(expected) : expected)
                        .as("%s of %s", what, step)
                        .isEqualTo(value);
            }
        });
    }

    private void save(Map<String, Object> step, StoreAnswer answer) {
        if (step.get("save") instanceof String name) {
            names.put(name, answer.epoch());
            if (answer.state() != null) {
                saved.put(answer.epoch(), answer.state());
            }
        }
        if (step.get("lease") instanceof String name) {
            names.put(name, answer.leases().get(0));
        }
    }

    private StoreCommand command(String operation, Map<String, Object> step) {
        StoreCommand command = commandAlone(operation, step);
        if (step.containsKey("passed")) {
            return command.with(Word.passedOn(attribution(step), number(step.get("passed")), "asked"));
        }
        return step.containsKey("said") ? command.with(command.word().saidAt(number(step.get("said")))) : command;
    }

    private StoreCommand commandAlone(String operation, Map<String, Object> step) {
        return switch (operation) {
            case "tick" -> new StoreCommand.Tick();
            case "unvote" -> new StoreCommand.Unvote();
            case "release" ->
                new StoreCommand.Release(
                        Boolean.TRUE.equals(step.get("all"))
                                ? Word.toAll(attribution(step))
                                : new Word(attribution(step)));
            case "reset" -> new StoreCommand.Reset(new Word(attribution(step)));
            case "open" ->
                new StoreCommand.Open(
                        text(step, "reason"),
                        (int) configured("quorum", 1),
                        millis("vote-ttl", 30_000),
                        !Boolean.FALSE.equals(step.get("voting")),
                        interval());
            case "claim" ->
                new StoreCommand.Claim(
                        (int) number(step.get("want")), millis("lease-ttl", 30_000), round(), millis("takeover", 0));
            case "result" ->
                new StoreCommand.Result(
                        String.valueOf(resolved(step.get("leaseId"))),
                        OUTCOMES.get(text(step, "outcome")),
                        Boolean.TRUE.equals(step.get("slow")),
                        interval());
            case "close" -> new StoreCommand.Close(millis("half-open.ramp", 0));
            case "force" ->
                new StoreCommand.Force(
                        BreakerState.valueOf(text(step, "to")),
                        Duration.ofMillis(number(step.get("duration"))),
                        round(),
                        new Word(attribution(step)));
            case "restore" -> new StoreCommand.Restore(saved.get(number(step.get("from"))));
            default -> throw new IllegalArgumentException("No operation '%s'".formatted(operation));
        };
    }

    private void sync(StoreFixture store, Map<String, Object> step) {
        List<Long> deltas =
                ((List<?>) step.get("deltas")).stream().map(this::number).toList();
        SyncDelta delta = new SyncDelta(
                BREAKER,
                number(step.get("epoch")),
                deltas.get(0),
                deltas.get(1),
                deltas.get(2),
                Duration.ofMillis(deltas.get(3)),
                Duration.ofMillis(deltas.get(4)),
                Duration.ofMillis(number(step.get("width"))),
                noting(step.get("note")));
        SyncAnswer answer = StoreFixture.answered(store.node(text(step, "node")).sync(List.of(delta)))
                .answers()
                .get(0);
        assertThat(code(answer)).as("%s", step).isEqualTo(number(step.get("expect")));
        if (answer instanceof SyncAnswer.Sums sums) {
            expect(step, sums);
        }
    }

    private static SyncDelta.Noting noting(@Nullable Object note) {
        if ("trouble".equals(note)) {
            return SyncDelta.Noting.THIS_NODE;
        }
        return Boolean.TRUE.equals(note) ? SyncDelta.Noting.IF_IT_FAILED : SyncDelta.Noting.NOBODY;
    }

    private void expect(Map<String, Object> step, SyncAnswer.Sums sums) {
        if (step.get("sums") instanceof List<?> expected) {
            assertThat(List.of(
                            sums.calls(),
                            sums.failures(),
                            sums.slow(),
                            sums.duration().toMillis(),
                            sums.busy().toMillis()))
                    .as("%s", step)
                    .isEqualTo(expected.stream().map(this::number).toList());
        }
        if (step.containsKey("lastBusy")) {
            assertThat(sums.lastBucketBusy().toMillis()).as("%s", step).isEqualTo(number(step.get("lastBusy")));
        }
        if (step.containsKey("failingNodes")) {
            assertThat((long) sums.failingNodes()).as("%s", step).isEqualTo(number(step.get("failingNodes")));
        }
    }

    private static long code(SyncAnswer answer) {
        if (answer instanceof SyncAnswer.Unusable unusable) {
            return unusable.status() == StoreAnswer.Status.CORRUPT ? 2 : 3;
        }
        return answer instanceof SyncAnswer.Stale ? 1 : 0;
    }

    private Interval interval() {
        return new Interval(
                millis("open.duration", 30_000),
                ((Number) config.getOrDefault("open.multiplier", 2)).doubleValue(),
                millis("open.max-duration", 300_000),
                (int) configured("open.jitter", 20),
                (int) configured("draw", 500_000));
    }

    private Round round() {
        return new Round(
                (int) configured("half-open.probes", 5),
                (int) configured("half-open.failure-rate", 500),
                (int) configured("half-open.slow-call-rate", 0),
                millis("half-open.ramp", 0));
    }

    private Duration millis(String key, long otherwise) {
        return Duration.ofMillis(configured(key, otherwise));
    }

    private long configured(String key, long otherwise) {
        return number(config.getOrDefault(key, otherwise));
    }

    private static Attribution attribution(Map<String, Object> step) {
        return new Attribution((String) step.get("actor"), (String) step.get("reason"));
    }

    private static String text(Map<String, Object> step, String key) {
        return String.valueOf(step.get(key));
    }

    private long number(@Nullable Object written) {
        return ((Number) resolved(written)).longValue();
    }

    /** A name that a step before gave to its epoch or lease begins with a dollar sign. */
    private @Nullable Object resolved(@Nullable Object written) {
        return written instanceof String name && name.startsWith("$") ? names.get(name.substring(1)) : written;
    }

    @Override
    public String toString() {
        return text(scenario, "name");
    }
}
