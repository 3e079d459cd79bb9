package dev.resilience.soak;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The sample as whoever steers and reads it reaches it. */
final class Site {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    Site(int port) {
        this.address = "http://localhost:" + port;
    }

    String address() {
        return address;
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    String text(String path) {
        return send(request(path)).body();
    }

    DocumentContext json(String path) {
        return JsonPath.parse(text(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }
}
