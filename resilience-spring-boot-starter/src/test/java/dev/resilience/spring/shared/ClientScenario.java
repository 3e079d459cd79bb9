package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerFamily;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A scenario for clients of the protocol, run step by step with real members and breakers over a real server. */
final class ClientScenario {

    static final String BREAKER = "payments";

    private static final Map<Character, String> OUTCOMES =
            Map.of('S', "success", 'F', "failure", 'T', "timeout", 'W', "slow");

    private final ScenarioStep scenario;

    ClientScenario(Map<String, Object> scenario) {
        this.scenario = new ScenarioStep(scenario);
    }

    void run() {
        try (ScenarioFleet fleet = new ScenarioFleet(scenario.part("config"))) {
            Run run = new Run(fleet);
            for (Object step : (List<?>) scenario.written().get("steps")) {
                run.step(ScenarioStep.of(step));
            }
        }
    }

    @Override
    public String toString() {
        return scenario.text("name");
    }

    /** One run of the scenario. */
    private final class Run {

        private final ScenarioFleet fleet;
        private final ScenarioNames names;

        Run(ScenarioFleet fleet) {
            this.fleet = fleet;
            this.names = new ScenarioNames(fleet.store::now);
        }

        void step(ScenarioStep step) {
            fleet.names().forEach(name -> fleet.node(name).beginStep());
            try {
                act(step);
                fleet.settle();
                fleet.store.check(breaker(step));
                expect(step);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("Step " + step + ": " + failed.getMessage(), failed);
            }
        }

        private void act(ScenarioStep step) {
            switch (step.text("do")) {
                case "advance" -> fleet.advance(Duration.ofMillis(step.number("ms", 0)));
                case "at-once" ->
                    fleet.atOnce(
                            () -> ((List<?>) step.written().get("steps")).forEach(each -> act(ScenarioStep.of(each))));
                case "call", "calls", "outcome", "order", "appear" -> byNode(step);
                case "flush", "save", "roll-back", "expire", "write", "log", "spoil-log", "jump" -> byStore(step);
                case "message" ->
                    nodes(step).forEach(name -> fleet.node(name).connector.tell(message(step)));
                default -> nodes(step).forEach(name -> byFleet(step, name));
            }
            awaitWhatTheStepIsFor(step);
        }

        private List<String> nodes(ScenarioStep step) {
            return step.texts("node", fleet.names());
        }

        private String breaker(ScenarioStep step) {
            return step.text("breaker", BREAKER);
        }

        // What happens in one node

        private void byNode(ScenarioStep step) {
            ScenarioNode node = fleet.node(step.text("node"));
            switch (step.text("do")) {
                case "call" ->
                    assertThat(node.call(breaker(step), step.text("as", "call")))
                            .isEqualTo(step.text("expect", "permitted"));
                case "calls" ->
                    step.text("outcomes").chars().forEach(outcome -> {
                        assertThat(node.call(breaker(step), "each")).isEqualTo("permitted");
                        node.end("each", OUTCOMES.get((char) outcome));
                        fleet.settle();
                    });
                case "outcome" -> node.end(step.text("of", "call"), step.text("is"));
                case "order" -> order(step, node);
                default -> node.breaker(breaker(step));
            }
        }

        private void order(ScenarioStep step, ScenarioNode node) {
            CircuitBreaker breaker = node.breaker(breaker(step));
            if (step.text("scope", "fleet").equals("node")) {
                node.member.keepHere(breaker.name());
            }
            if (step.is("all")) {
                BreakerFamily all = node.family(breaker.name());
                give(step, all::force, all::release, all::reset);
            } else {
                give(step, breaker::force, breaker::release, breaker::reset);
            }
            fleet.settle();
            if (step.has("expect")) {
                assertThat(node.orderIsOf(breaker(step))).isEqualTo(step.text("expect"));
            }
        }

        private static void give(
                ScenarioStep step, Consumer<Force> force, Consumer<Attribution> release, Consumer<Attribution> reset) {
            Attribution by = new Attribution(step.text("by", "ann"), step.text("why", "test"));
            switch (step.text("order")) {
                case "force" -> force.accept(force(step, by));
                case "release" -> release.accept(by);
                default -> reset.accept(by);
            }
        }

        private static Force force(ScenarioStep step, Attribution by) {
            @Nullable Duration duration = step.has("duration") ? Duration.ofMillis(step.number("duration", 0)) : null;
            return new Force(BreakerState.valueOf(step.text("to")), duration, by.by(), by.reason());
        }

        // What happens to the store

        private void byStore(ScenarioStep step) {
            switch (step.text("do")) {
                case "flush" -> fleet.store.flush();
                case "save" -> fleet.store.save();
                case "roll-back" -> fleet.store.rollBack();
                case "expire" -> fleet.store.expire(breaker(step));
                case "write" -> fleet.store.write(breaker(step), fields(step));
                case "log" ->
                    fleet.store.log(
                            breaker(step),
                            Long.parseLong(names.resolved(step.written().get("epoch"))));
                case "spoil-log" -> fleet.store.spoilLog(breaker(step));
                default -> fleet.store.jump(step.number("ms", 0));
            }
        }

        private Map<String, String> fields(ScenarioStep step) {
            Map<String, String> fields = new HashMap<>();
            step.part("fields").written().forEach((field, value) -> fields.put(field, names.resolved(value)));
            return fields;
        }

        private String message(ScenarioStep step) {
            if (step.has("text")) {
                return step.text("text");
            }
            String fields = fields(step).entrySet().stream()
                    .map(field -> "\n" + field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining());
            return "name=" + breaker(step) + "\nnow=" + fleet.store.now() + fields;
        }

        // What happens between nodes and store

        private void byFleet(ScenarioStep step, String name) {
            if (step.text("do").equals("join")) {
                fleet.start(name, step.part("config"), step.is("away"));
                return;
            }
            ScenarioConnector connector = fleet.node(name).connector;
            switch (step.text("do")) {
                case "stop" -> fleet.stop(name);
                case "leave" -> fleet.leave(name);
                case "lose" -> connector.lose(step.is("silently"));
                case "return" -> connector.giveBack();
                case "hold" -> connector.isHeld = true;
                case "answer" -> connector.answer();
                case "mute" -> connector.isMute = true;
                case "unmute" -> connector.isMute = false;
                case "deafen" -> connector.deafen();
                case "hear" -> connector.isDeaf = false;
                case "poll" -> {}
                default -> throw new IllegalArgumentException("No step '%s'".formatted(step.text("do")));
            }
        }

        private void awaitWhatTheStepIsFor(ScenarioStep step) {
            boolean joins = step.text("do").equals("join") && !step.is("away");
            if (joins || step.text("do").equals("return")) {
                fleet.await(
                        "joined",
                        () -> nodes(step).stream()
                                .allMatch(name -> fleet.node(name).member.isConnected()));
            } else if (step.text("do").equals("poll")) {
                fleet.await(
                        "polled",
                        () -> nodes(step).stream()
                                .allMatch(name -> fleet.node(name).hasAsked("poll")));
            }
        }

        // What is expected then

        private void expect(ScenarioStep step) {
            step.part("then").written().forEach((who, what) -> {
                ScenarioStep expected = ScenarioStep.of(what);
                List<String> whom = who.equals("all") ? fleet.names() : List.of(who.split(",", -1));
                whom.forEach(name -> expect(name, seen(name, breaker(step)), expected));
            });
            step.part("save")
                    .written()
                    .forEach((name, who) -> names.put(
                            name, (Long) seen(who.toString(), breaker(step)).get("epoch")));
        }

        private Map<String, Object> seen(String who, String breaker) {
            return who.equals("store")
                    ? fleet.store.seen(breaker)
                    : fleet.node(who).seen(breaker);
        }

        private void expect(String who, Map<String, Object> seen, ScenarioStep expected) {
            expected.written().forEach((what, value) -> {
                Map<String, ?> of = seen;
                String key = what;
                if (what.startsWith("field ")) {
                    of = fleet.store.fields(BREAKER);
                    key = what.substring("field ".length());
                }
                assertThat(names.match(value, of.get(key)))
                        .as("%s of %s should be %s and is %s; all: %s", what, who, value, of.get(key), seen)
                        .isTrue();
            });
        }
    }
}
