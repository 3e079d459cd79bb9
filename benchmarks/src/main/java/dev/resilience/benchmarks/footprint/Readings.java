package dev.resilience.benchmarks.footprint;

import dev.resilience.registry.BreakerRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** Reads an application's guards over HTTP, and prints how long each answer takes in milliseconds and how many KiB it has. */
public final class Readings {

    private static final int READINGS = 9;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Readings() {}

    /** An application without anything of its own. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Application {}

    /** Measures; the arguments are the {@link Subject}, how many keyed breakers it has, and what to read of {@code /actuator}. */
    public static void main(String[] arguments) throws Exception {
        Subject subject = Subject.valueOf(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        ConfigurableApplicationContext context = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--logging.level.root=error",
                "--management.endpoints.web.exposure.include=*",
                "--resilience.defaults.breaker.max-keys=" + count);
        fill(subject, count, context);
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        for (String path : List.of(arguments).subList(2, arguments.length)) {
            read(path, URI.create("http://127.0.0.1:" + port + "/actuator/" + path));
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void fill(Subject subject, int count, ConfigurableApplicationContext context) throws Exception {
        for (int key = 0; key < count; key++) {
            String name = "tenant-" + key;
            if (subject == Subject.RESILIENCE4J) {
                context.getBean(CircuitBreakerRegistry.class)
                        .circuitBreaker(name)
                        .executeCallable(() -> name);
            } else {
                context.getBean(BreakerRegistry.class).get("payments", name).call(() -> name);
            }
        }
    }

    private static void read(String path, URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(address).timeout(LONGEST).build();
        Medians medians = new Medians();
        for (int reading = 0; reading < READINGS; reading++) {
            long startedAt = System.nanoTime();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            double millis = (System.nanoTime() - startedAt) / 1e6;
            if (response.statusCode() != 200) {
                throw new IllegalStateException(address + " answers " + response.statusCode());
            }
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("ms", millis);
            figures.put("KiB", response.body().length / 1024.0);
            medians.add(figures);
            if (reading == 0) {
                ChildJvm.print(path + " first", millis);
            }
        }
        ChildJvm.print(path + " ms", medians.of("ms"));
        ChildJvm.print(path + " KiB", medians.of("KiB"));
    }
}
