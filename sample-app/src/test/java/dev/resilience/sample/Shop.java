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

    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return http.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) {
        return postLater(path, json).join();
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }
}
