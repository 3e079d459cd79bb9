package dev.resilience.sample.traffic;

import dev.resilience.sample.Region;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Calls the shop over HTTP at a steady rate, as customers and a job do: they do not wait for each other. */
@Component
class Customers implements DisposableBean {

    private static final List<Region> REGIONS = List.of(Region.values());
    private static final List<String> LOOKS = List.of("payment-methods", "payment-methods", "quotes");

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "customers"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final int aSecond;
    private int calls;

    Customers(TrafficProperties properties) {
        this.aSecond = properties.traffic();
    }

    @EventListener
    void start(ApplicationReadyEvent ready) {
        if (aSecond > 0) {
            String port = ready.getApplicationContext().getEnvironment().getRequiredProperty("local.server.port");
            String shop = "http://localhost:" + port;
            long pause = TimeUnit.SECONDS.toNanos(1) / aSecond;
            ScheduledFuture<?> unused = timer.scheduleAtFixedRate(() -> call(shop), pause, pause, TimeUnit.NANOSECONDS);
        }
    }

    private void call(String shop) {
        Region region = REGIONS.get(calls % REGIONS.size());
        int errand = calls++ / REGIONS.size() % (LOOKS.size() + 2);
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(10));
        if (errand < LOOKS.size()) {
            request.uri(URI.create(shop + "/" + LOOKS.get(errand) + "?region=" + region));
        } else if (errand == LOOKS.size()) {
            request.uri(URI.create(shop + "/orders?region=" + region))
                    .header("X-Request-Criticality", "customer")
                    .POST(BodyPublishers.noBody());
        } else {
            request.uri(URI.create(shop + "/reconciliations?region=" + region)).POST(BodyPublishers.noBody());
        }
        // Whatever comes back, a customer takes it: what became of it is in the meters.
        CompletableFuture<?> unused = http.sendAsync(request.build(), BodyHandlers.discarding());
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
