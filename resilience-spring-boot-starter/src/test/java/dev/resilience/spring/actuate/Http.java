package dev.resilience.spring.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.context.ApplicationContext;

/** Talks to the Actuator of a running application. */
record Http(String base, HttpClient client) {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** An answer with what tests ask of it. */
    record Answer(int status, String type, String body) {}

    static Http to(ApplicationContext context) {
        return to(context, "local.server.port", "/actuator");
    }

    static Http to(ApplicationContext context, String port, String path) {
        String base = "http://localhost:" + context.getEnvironment().getProperty(port) + path;
        return new Http(base, HttpClient.newHttpClient());
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(LONGEST);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), type, response.body());
        } catch (IOException failed) {
            throw new IllegalStateException("No answer", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }
}
