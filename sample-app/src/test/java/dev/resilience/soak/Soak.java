package dev.resilience.soak;

import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.DocumentContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * What was found after the sample had been under load for a while.
 *
 * @param warm the heap after warming up, with nobody there
 * @param after the heap in the end, with nobody there
 * @param warmThreads the threads then, {@code threads} in the end
 * @param counted what guards and callers counted
 * @param meters the same as the meters say
 * @param shop what customers of the sample got, {@code tenants} those of the tenants
 */
record Soak(
        Heap warm,
        Heap after,
        List<String> warmThreads,
        List<String> threads,
        DocumentContext counted,
        Meters meters,
        Wrk shop,
        Wrk tenants,
        Operator operator,
        List<String> log) {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration BETWEEN_ORDERS = Duration.ofMillis(250);
    private static final int ORDERS_A_FLIP = 10;

    /** Those of the shop and those of the tenants, both at once. */
    private record Customers(CompletableFuture<Wrk> shop, CompletableFuture<Wrk> tenants) {

        static Customers start(Site site, long seed, Duration length) throws IOException {
            return new Customers(
                    Wrk.start(site.address(), "shop", seed, length),
                    Wrk.start(site.address(), "tenants", seed, length));
        }

        boolean isOver() {
            return shop.isDone() && tenants.isDone();
        }
    }

    /** Puts the sample under load, in all for so long. */
    static Soak run(Duration length, long seed) throws Exception {
        Path log = Files.createDirectories(Path.of("target", "soak")).resolve("sample.log");
        Random random = new Random(seed);
        try (SampleProcess sample = SampleProcess.start(log, settings())) {
            Site site = new Site(sample.port());
            Weather weather = new Weather(site, random);
            Operator operator = new Operator(site, random);
            Customers warmUp = Customers.start(site, seed, WARM_UP);
            steer(weather, operator, warmUp);
            settle(site, weather, operator);
            Heap warm = heap(sample);
            List<String> warmThreads = threads(sample);
            Customers customers = Customers.start(site, seed + 1, length.minus(WARM_UP));
            steer(weather, operator, customers);
            settle(site, weather, operator);
            return new Soak(
                    warm,
                    heap(sample),
                    warmThreads,
                    threads(sample),
                    site.json("/soak"),
                    Meters.parse(site.text("/actuator/prometheus")),
                    warmUp.shop().join().plus(customers.shop().join()),
                    warmUp.tenants().join().plus(customers.tenants().join()),
                    operator,
                    sample.log());
        }
    }

    private static String[] settings() {
        return new String[] {
            "--provider.threads=20",
            "--resilience.breakers.payments.max-keys=2",
            "--resilience.breakers.payments.open.duration=2s",
            "--resilience.breakers.payments.open.max-duration=4s",
            "--resilience.breakers.tenants.window=50 calls",
            "--resilience.breakers.tenants.minimum-calls=10",
            "--resilience.breakers.tenants.timeout=300ms",
            "--resilience.breakers.tenants.open.duration=500ms",
            "--resilience.breakers.tenants.open.max-duration=2s",
            "--resilience.breakers.tenants.max-keys=20",
            "--resilience.bulkheads.tenants.max-concurrent=8",
            "--resilience.bulkheads.tenants.max-queue=8",
            "--resilience.bulkheads.tenants.max-wait=8ms",
            "--resilience.bulkheads.shelves.max-concurrent=2",
            "--resilience.bulkheads.shelves.max-queue=1",
            "--resilience.bulkheads.shelves.max-wait=5ms",
            "--resilience.bulkheads.shelves.max-keys=20"
        };
    }

    private static void steer(Weather weather, Operator operator, Customers customers) throws InterruptedException {
        for (int orders = 0; !customers.isOver(); orders++) {
            if (orders % ORDERS_A_FLIP == 0) {
                weather.change();
            }
            operator.order();
            Thread.sleep(BETWEEN_ORDERS.toMillis());
        }
    }

    private static void settle(Site site, Weather weather, Operator operator) {
        weather.clear();
        operator.leave();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            DocumentContext counted = site.json("/soak");
            return nothing(counted.read("$..concurrent")) && nothing(counted.read("$..queued"));
        });
        operator.leave(); // what the last calls opened would half-open by itself while it is read
    }

    private static boolean nothing(List<Integer> calls) {
        return calls.stream().allMatch(count -> count == 0);
    }

    private static Heap heap(SampleProcess sample) throws IOException {
        return Heap.parse(sample.jcmd("GC.class_histogram"));
    }

    /** Returns the names of the platform threads. */
    private static List<String> threads(SampleProcess sample) throws IOException {
        return sample.jcmd("Thread.print")
                .lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .sorted()
                .toList();
    }
}
