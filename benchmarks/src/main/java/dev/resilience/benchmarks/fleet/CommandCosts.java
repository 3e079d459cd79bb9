package dev.resilience.benchmarks.fleet;

import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures what single commands of the protocol cost the store by its own account, each on a store that does nothing else. */
final class CommandCosts {

    private static final int TIMES = 20_000;
    private static final int ROUNDS = 3;
    private static final int NODES = 10_000;
    private static final int BREAKERS = 50;
    private static final String SCRIPTS = "/dev/resilience/spring/shared/";
    private static final String DAY = "86400000";
    private static final String MINUTES = "120000";
    private static final List<String> INTERVAL = List.of("30000", "2000", "300000", "20", "500000");
    private static final List<String> FORCE = List.of("FORCED_OPEN", "ann", "repair", "0", "5", "500", "0", "0");
    private static final Pattern MICROS =
            Pattern.compile("cmdstat_(?:evalsha|zrangebyscore):.*usec_per_call=([0-9.]+)");

    private final Store store;

    CommandCosts(Store store) {
        this.store = store;
    }

    void print() {
        System.out.println(
                "| one command after the other, us of the store | itself | with reading and writing it |\n| --- | --- | --- |");
        breaker("a transition (`force`)", "force", "held", "0", FORCE);
        breaker("a reading (`tick`)", "tick", "held", "0", List.of());
        breaker("a proposal that comes too late (`open`)", "open", "held", "1", proposal("1"));
        votes();
        claims();
        signsOfLife();
        polls();
        sums();
        System.out.println();
    }

    private static List<String> proposal(String needed) {
        return joined(List.of("FAILURE_RATE", needed, MINUTES, "1"), INTERVAL);
    }

    private void votes() {
        String sha = load("breaker.lua", "open.lua");
        IntFunction<RedisFuture<?>> vote =
                i -> eval(sha, keys("voted"), joined(common("voted", node(i), "0"), proposal("1000000")));
        repeat(NODES, vote);
        measure("a vote among 10,000 (`open`)", vote);
    }

    private void claims() {
        String closed = act("reset", "open", "0");
        String opened = act("open", "open", closed, proposal("1").toArray(String[]::new));
        breaker(
                "a claim without a lease (`claim`)",
                "claim",
                "open",
                opened,
                List.of("1", "30000", "5", "500", "0", "0", "1000"));
    }

    private void signsOfLife() {
        String sha = load("beat.lua");
        IntFunction<RedisFuture<?>> beat = i -> eval(sha, new String[] {"rb1:{costs}:n"}, List.of(node(i), MINUTES));
        repeat(NODES, beat);
        measure("a sign of life among 10,000 (`beat`)", beat);
    }

    private void polls() {
        String log = keys("held")[4];
        double newest =
                store.connection().sync().zrevrangeWithScores(log, 0, 0).get(0).getScore();
        Range<Double> from = Range.create(newest, Double.MAX_VALUE);
        measure(
                "a log, polled where nothing is new",
                i -> store.connection().async().zrangebyscoreWithScores(log, from));
    }

    private void sums() {
        String sha = load("sync.lua");
        List<String> keys = new ArrayList<>();
        List<String> arguments = new ArrayList<>(List.of("node"));
        for (int breaker = 0; breaker < BREAKERS; breaker++) {
            String[] of = keys("sums" + breaker);
            keys.addAll(List.of(of[0], of[1], of[3]));
            arguments.addAll(List.of("0", "20", "1", "0", "400", "30", "3000", "1"));
        }
        String[] all = keys.toArray(String[]::new);
        measure("sums of 50 breakers (`sync`)", i -> eval(sha, all, arguments));
    }

    private void breaker(String what, String operation, String name, String epoch, List<String> arguments) {
        String sha = load("breaker.lua", operation + ".lua");
        List<String> all = joined(common(name, "node", epoch), arguments);
        measure(what, i -> eval(sha, keys(name), all));
    }

    /** Does something once. Returns the epoch after it. */
    private String act(String operation, String name, String epoch, String... arguments) {
        String sha = load("breaker.lua", operation + ".lua");
        List<String> all = joined(common(name, "node", epoch), List.of(arguments));
        List<String> answer =
                store.connection().sync().evalsha(sha, ScriptOutputType.MULTI, keys(name), all.toArray(String[]::new));
        int field = answer.indexOf("e");
        return field < 0 ? "0" : answer.get(field + 1);
    }

    private static List<String> common(String name, String node, String epoch) {
        return List.of(name, "rb1:costs", DAY, node, epoch);
    }

    private static String[] keys(String name) {
        String shard = "rb1:{costs:0}:";
        return new String[] {
            shard + "b:" + name, shard + "w:" + name, shard + "l:" + name, shard + "q:" + name, shard + "r"
        };
    }

    private static String node(int number) {
        return "node-" + number % NODES;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private String load(String... files) {
        StringBuilder script = new StringBuilder();
        for (String file : files) {
            try (InputStream in = CommandCosts.class.getResourceAsStream(SCRIPTS + file)) {
                script.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .append('\n');
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return store.connection().sync().scriptLoad(script.toString());
    }

    private RedisFuture<?> eval(String sha, String[] keys, List<String> arguments) {
        return store.connection().async().evalsha(sha, ScriptOutputType.MULTI, keys, arguments.toArray(String[]::new));
    }

    private static void repeat(int times, IntFunction<RedisFuture<?>> command) {
        for (int i = 0; i < times; i++) {
            command.apply(i).toCompletableFuture().join();
        }
    }

    private void measure(String what, IntFunction<RedisFuture<?>> command) {
        repeat(TIMES, command);
        List<Double> scripts = new ArrayList<>();
        List<Double> wholes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            store.connection().sync().configResetstat();
            double before = store.counts().cpuSeconds();
            repeat(TIMES, command);
            wholes.add((store.counts().cpuSeconds() - before) / TIMES * 1e6);
            Matcher stat = MICROS.matcher(store.connection().sync().info("commandstats"));
            if (!stat.find()) {
                throw new IllegalStateException("The store does not tell what its commands cost");
            }
            scripts.add(Double.valueOf(stat.group(1)));
        }
        System.out.printf("| %s | %.0f | %.0f |%n", what, median(scripts), median(wholes));
    }

    private static double median(List<Double> numbers) {
        Collections.sort(numbers);
        return numbers.get(numbers.size() / 2);
    }
}
