package dev.resilience.spring.shared;

import dev.resilience.GuardEnvironment;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Transition;
import dev.resilience.registry.BreakerFamily;
import dev.resilience.registry.BreakerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A node of a scenario: the real member and the real breakers of one process. */
final class ScenarioNode {

    final ScenarioConnector connector;
    final FleetMember member;

    private final VirtualTime time;
    private final ScenarioStore store;
    private final BreakerConfig config;
    private final BreakerRegistry registry;
    private final List<Transition> heard = new ArrayList<>();
    private final List<DroppedOrder> dropped = new ArrayList<>();
    private final Map<String, Call> calls = new HashMap<>();

    private record Call(CircuitBreaker breaker, BreakerPermit permit, long startedAt) {}

    ScenarioNode(
            String name,
            ScenarioConfig configured,
            VirtualTime time,
            ScenarioStore store,
            ScenarioConnector connector) {
        this.time = time;
        this.store = store;
        this.connector = connector;
        this.config = configured.breaker();
        Sharing sharing = configured.sharing();
        this.member = new FleetMember(connector, name, configured.member(), any -> sharing, dropped::add, time.loop());
        BreakerEnvironment environment = BreakerEnvironment.DEFAULT
                .withGuard(GuardEnvironment.DEFAULT.withTicker(time).withRandom(() -> 0.5))
                .withListener(this::onTransition);
        this.registry = new BreakerRegistry(any -> config, environment);
    }

    private void onTransition(Transition transition) {
        heard.add(transition);
        if (transition.node() != null) {
            long epoch = breaker(transition.name().toString()).snapshot().epoch();
            store.adopted(transition.name().toString(), epoch, transition.to().name());
        }
        member.onTransition(transition);
    }

    void join() {
        member.join(registry);
    }

    /** Returns a breaker, which comes into being when it is first asked for. */
    CircuitBreaker breaker(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0
                ? registry.get(name)
                : registry.get(name.substring(0, bracket), name.substring(bracket + 1, name.length() - 1));
    }

    BreakerFamily family(Name name) {
        return registry.family(name);
    }

    /** Makes a call that goes on until it is ended under its name. Returns {@code permitted}, or why it is not. */
    String call(String breaker, String name) {
        CircuitBreaker asked = breaker(breaker);
        try {
            calls.put(name, new Call(asked, asked.acquire(), time.nanos()));
            return "permitted";
        } catch (BreakerOpenException refused) {
            return refused.reason().name();
        }
    }

    /** Ends a call: {@code slow} is a success that took as long as a slow one. */
    void end(String name, String how) {
        Call call = calls.remove(name);
        if (call == null) {
            throw new IllegalArgumentException("No call '%s' is under way".formatted(name));
        }
        Duration slow = config.trip().slowCallDuration();
        if (how.equals("slow") && slow != null) {
            call.breaker.end(call.permit, Outcome.SUCCESS, time.nanos() - slow.toNanos(), time.nanos(), null);
        } else {
            Outcome outcome = Outcome.valueOf(how.toUpperCase(Locale.ROOT));
            call.breaker.end(call.permit, outcome, call.startedAt, time.nanos(), null);
        }
    }

    /** Returns how far an order that was just given is known: {@code fleet} or {@code node}. */
    String orderIsOf(String breaker) {
        Name name = breaker(breaker).name();
        return time.waitFor(() -> {
            try {
                return member.awaitOrder(name, Duration.ZERO) ? "fleet" : "node";
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        });
    }

    void beginStep() {
        heard.clear();
        connector.sent.clear();
    }

    boolean hasAsked(String command) {
        return connector.sent.stream().anyMatch(each -> each.command().equals(command));
    }

    /** Returns what can be seen of a breaker at this node, by the names of the scenarios. */
    Map<String, Object> seen(String breaker) {
        BreakerSnapshot snapshot = breaker(breaker).snapshot();
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("state", snapshot.state().name());
        seen.put("leases", (long) snapshot.leases());
        seen.put("streak", (long) snapshot.streak());
        seen.put("calls", snapshot.window().calls());
        seen.put("reason", String.valueOf(snapshot.reason()));
        seen.put("retryIn", retryIn(snapshot));
        Attribution attribution = attribution(snapshot);
        seen.put("by", attribution.by() == null ? "" : attribution.by());
        seen.put("why", attribution.reason() == null ? "" : attribution.reason());
        seen.putAll(shared(breaker(breaker).name()));
        seen.putAll(counted());
        seen.put("sent", sent(breaker));
        seen.put(
                "asked",
                connector.sent.stream().map(ScenarioConnector.Sent::command).toList());
        seen.put("dropped", (long) dropped.size());
        seen.put("heard", heard.stream().map(ScenarioNode::written).toList());
        return seen;
    }

    /** Returns whose order made the state that a breaker is in. */
    private static Attribution attribution(BreakerSnapshot snapshot) {
        List<Transition> moves = snapshot.transitions();
        return moves.isEmpty() ? Attribution.NONE : moves.get(moves.size() - 1).attribution();
    }

    /** Returns when an open breaker is due, to ten milliseconds. */
    private long retryIn(BreakerSnapshot snapshot) {
        Instant at = snapshot.retryAt();
        long millis = at == null ? 0 : Duration.between(time.instant(), at).toMillis();
        return Math.max(0, (millis + 5) / 10 * 10);
    }

    private Map<String, Object> shared(Name breaker) {
        Optional<SharedView> view = member.view(breaker);
        return Map.of(
                "scope",
                        view.map(each -> each.scope().name().toLowerCase(Locale.ROOT))
                                .orElse("none"),
                "epoch", view.map(SharedView::epoch).orElse(0L),
                "votes", view.map(SharedView::votes).map(Long::valueOf).orElse(0L),
                "quorum", view.map(SharedView::quorum).map(Long::valueOf).orElse(0L));
    }

    private Map<String, Object> counted() {
        FleetTotals totals = member.totals();
        return Map.of(
                "live", (long) member.live(),
                "stale", totals.stale(),
                "lost", totals.lost(),
                "rejoins", totals.rejoins(),
                "corrupt", totals.corrupt());
    }

    private List<String> sent(String breaker) {
        return connector.sent.stream()
                .filter(each -> breaker.equals(each.breaker()))
                .map(ScenarioConnector.Sent::command)
                .toList();
    }

    private static String written(Transition transition) {
        return transition.from() + ">" + transition.to() + " " + transition.reason()
                + (transition.node() == null ? "" : " " + transition.node());
    }
}
