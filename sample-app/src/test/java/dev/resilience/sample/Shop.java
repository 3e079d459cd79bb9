package dev.resilience.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** The shop as its customers and operators reach it. */
final class Shop {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    Shop(int port) {
        this.address = "http://localhost:" + port;
    }

    HttpResponse<String> order(Region region) {
        return post("/orders?region=" + region, "");
    }

    HttpResponse<String> paymentMethods(Region region) {
        return get("/payment-methods?region=" + region);
    }

    HttpResponse<String> provider(String behaviour) {
        return post("/provider/behaviour", behaviour);
    }

    HttpResponse<String> get(String path) {
        return getLater(path).join();
    }

    CompletableFuture<HttpResponse<String>> getLater(String path, String... headers) {
        return send(request(path), headers);
    }

    HttpResponse<String> post(String path, String json) {
        return postLater(path, json).join();
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String json, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return send(request.POST(BodyPublishers.ofString(json)), headers);
    }

    CompletableFuture<HttpResponse<String>> orderLater(Region region, String... headers) {
        return postLater("/orders?region=" + region, "", headers);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request, String... headers) {
        for (int next = 0; next < headers.length; next += 2) {
            request.header(headers[next], headers[next + 1]);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }
}
