package dev.resilience.benchmarks.fleet;

import dev.resilience.breaker.BreakerState;
import dev.resilience.spring.shared.SharedMode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Measures a fleet in one JVM and prints tables: {@code FleetFigures <nodes> <rounds> <seconds>}. */
public final class FleetFigures {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MICROS = 1000;
    /** Nodes that look for a hanging store beside the one whose calls are timed: in a fleet each has processors of its own. */
    private static final int FEW = 3;

    private static final int HANGS = 16;

    private final List<Node> nodes = new ArrayList<>();
    private final Store store;
    private final int rounds;
    private final Duration length;

    private FleetFigures(Store store, int rounds, Duration length) {
        this.store = store;
        this.rounds = rounds;
        this.length = length;
    }

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int size = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Duration length = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        try (Store store = new Store()) {
            FleetFigures figures = new FleetFigures(store, rounds, length);
            figures.joined(size, SharedMode.SHARED_STATE);
            figures.agreement();
            figures.steady("`shared-state`, healthy", () -> {});
            figures.left();
            figures.joined(Math.min(size, FEW), SharedMode.SHARED_STATE);
            figures.hangs();
            figures.left();
            figures.joined(size, SharedMode.SHARED_WINDOW);
            figures.steady("`shared-window`, healthy, every node calls 20 times a second", figures::callEach);
            figures.left();
            store.costs().print();
        }
        System.exit(0);
    }

    private void joined(int size, SharedMode mode) throws InterruptedException {
        long before = System.nanoTime();
        IntStream.range(0, size).forEach(i -> nodes.add(new Node("node-" + mode + i, mode)));
        await(Node::isConnected);
        System.out.printf("%d nodes, %s: joined in %.1f s%n%n", size, mode, (System.nanoTime() - before) / 1e9);
    }

    private void left() {
        nodes.forEach(Node::close);
        nodes.clear();
    }

    private void await(Predicate<Node> condition) throws InterruptedException {
        awaitThat(() -> nodes.stream().allMatch(condition));
    }

    private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("The fleet did not get there in " + PATIENCE);
            }
            Thread.sleep(1);
        }
    }

    private void agreement() throws InterruptedException {
        Histogram one = new Histogram(3);
        Histogram all = new Histogram(3);
        for (int round = 0; round < rounds; round++) {
            Node first = nodes.get(round % nodes.size());
            nodes.forEach(node -> node.openedAt = 0);
            long begin = System.nanoTime();
            IntStream.range(0, 4).forEach(call -> first.call(false));
            await(node -> node.openedAt != 0);
            nodes.forEach(node -> one.recordValue((node.openedAt - begin) / MICROS));
            all.recordValue(
                    (nodes.stream().mapToLong(node -> node.openedAt).max().orElseThrow() - begin) / MICROS);
            first.breaker.reset();
            await(node -> node.agreesOn(BreakerState.CLOSED));
        }
        System.out.println("| from the call that opens one, ms | p50 | p99 |\n| --- | --- | --- |");
        System.out.printf("| until a node knows | %.1f | %.1f |%n", millis(one, 50), millis(one, 99));
        System.out.printf("| until all know | %.1f | %.1f |%n%n", millis(all, 50), millis(all, 99));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    private void callEach() {
        nodes.forEach(node -> node.call(true));
    }

    private void steady(String what, Runnable work) throws InterruptedException {
        Store.Counts before = store.counts();
        double cpu = threadSeconds();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < length.toNanos()) {
            work.run();
            Thread.sleep(50);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Store.Counts counted = store.counts().minus(before);
        double own = threadSeconds() - cpu;
        System.out.println("| " + what + " | a second |\n| --- | --- |");
        System.out.printf("| commands, those in scripts among them | %.0f |%n", counted.commands() / seconds);
        System.out.printf(
                "| bytes to / from the store | %.0f / %.0f |%n",
                counted.bytesIn() / seconds, counted.bytesOut() / seconds);
        System.out.printf("| of one core of the store | %.4f |%n", counted.cpuSeconds() / seconds);
        System.out.printf("| of one core, of each node's own threads | %.6f |%n%n", own / seconds / nodes.size());
    }

    private static double threadSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && (thread.getThreadName().startsWith("resilience-fleet")
                            || thread.getThreadName().startsWith("lettuce"))) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos / 1e9;
    }

    /** Times calls with and without a store that answers, in turn, as a machine has better and worse moments. */
    private void hangs() throws IOException, InterruptedException {
        List<Histogram> there = new ArrayList<>();
        List<Histogram> hanging = new ArrayList<>();
        calls();
        for (int hang = 0; hang < HANGS; hang++) {
            there.add(calls());
            store.hang();
            hanging.add(calls());
            store.goOn();
            await(Node::isConnected);
        }
        System.out.println(
                "| guarded calls at 10,000 a second, us: medians | p50 | p99 | p99.9 |\n| --- | --- | --- | --- |");
        row("store there", there);
        row("store hangs", hanging);
        double[] ratios = IntStream.range(0, HANGS)
                .mapToDouble(i -> ratio(hanging.get(i), there.get(i)))
                .sorted()
                .toArray();
        System.out.printf(
                "%np99.9 while it hangs, times that of just before: median %.2f, half of %d pairs %.2f to %.2f%n%n",
                ratios[HANGS / 2], HANGS, ratios[HANGS / 4], ratios[HANGS * 3 / 4]);
    }

    private static double ratio(Histogram nanos, Histogram before) {
        return (double) nanos.getValueAtPercentile(99.9) / before.getValueAtPercentile(99.9);
    }

    private static void row(String what, List<Histogram> nanos) {
        System.out.printf(
                "| %s | %.1f | %.1f | %.1f |%n", what, micros(nanos, 50), micros(nanos, 99), micros(nanos, 99.9));
    }

    private static double micros(List<Histogram> nanos, double percentile) {
        double[] sorted = nanos.stream()
                .mapToDouble(each -> each.getValueAtPercentile(percentile) / 1000.0)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    /** Calls that are due at a fixed rate, each timed from when it was. */
    private Histogram calls() {
        Histogram latencies = new Histogram(3);
        Node caller = nodes.get(0);
        long gap = 100_000;
        long due = System.nanoTime();
        long end = due + length.toNanos();
        while (due < end) {
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            caller.call(true);
            latencies.recordValue(Math.max(0, System.nanoTime() - due));
            due += gap;
        }
        return latencies;
    }
}
