package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The nodes of a scenario, their time and their store. */
final class ScenarioFleet implements AutoCloseable {

    /** The longest that anything takes which a scenario waits for. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final VirtualTime time = new VirtualTime();
    final ScenarioStore store = new ScenarioStore(time);

    private final ScenarioMessages messages = new ScenarioMessages(store.server.redis, store.server.keys.channel());
    private final ScenarioStep config;
    private final Map<String, ScenarioNode> nodes = new LinkedHashMap<>();
    private boolean isPublished;
    private final boolean areMessagesFirst;
    private boolean isAtOnce;

    ScenarioFleet(ScenarioStep config) {
        this.config = config;
        this.areMessagesFirst = config.text("messages", "last").equals("first");
    }

    List<String> names() {
        return List.copyOf(nodes.keySet());
    }

    ScenarioNode node(String name) {
        ScenarioNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("No node '%s' has joined; there are %s".formatted(name, nodes.keySet()));
        }
        return node;
    }

    /** Starts a node with its breakers, which may not reach the store; the configuration is laid over that of all. */
    void start(String name, ScenarioStep over, boolean isAway) {
        ScenarioConfig configured = new ScenarioConfig(config.with(over));
        ScenarioConnector connector = new ScenarioConnector(store, name, configured.hasMessages(), this::commandIsDone);
        if (isAway) {
            connector.lose(true);
        }
        ScenarioNode node = new ScenarioNode(name, configured, time, store, connector);
        nodes.put(name, node);
        configured.written().texts("breakers", List.of(ClientScenario.BREAKER)).forEach(node::breaker);
        node.join();
        settle();
    }

    /** Ends a node without a word, as a process that is killed. */
    void stop(String name) {
        node(name).connector.lose(true);
        leave(name);
    }

    /** Ends a node in order. */
    void leave(String name) {
        var unused = node(name).member.leave();
        settle();
        nodes.remove(name);
    }

    private void commandIsDone() {
        isPublished = true;
        if (areMessagesFirst) {
            handOnMessages();
        }
    }

    /** Has several things happen before anybody sees to any of them. */
    void atOnce(Runnable things) {
        isAtOnce = true;
        things.run();
        isAtOnce = false;
        settle();
    }

    /** Has everything happen that is due, and everybody hear of it. */
    void settle() {
        if (isAtOnce) {
            return;
        }
        time.settle();
        while (isPublished) {
            handOnMessages();
            time.settle();
        }
    }

    private void handOnMessages() {
        isPublished = false;
        messages.published().forEach(text -> nodes.values().forEach(node -> node.connector.hear(text)));
    }

    void advance(Duration by) {
        long end = time.nanos() + by.toNanos();
        settle();
        while (time.moveTowards(end)) {
            settle();
        }
        settle();
    }

    /** Lets time pass until something is so. */
    void await(String what, BooleanSupplier condition) {
        long end = time.nanos() + PATIENCE.toNanos();
        settle();
        while (!condition.getAsBoolean() && time.moveTowards(end)) {
            settle();
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> {
            var unused = node.member.leave();
        });
        time.settle();
        messages.close();
        store.close();
    }
}
