package dev.resilience.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server that counts what it is asked, and answers as it is told. */
public final class Provider implements AutoCloseable {

    /** How it answers. */
    private record Answer(int status, Map<String, String> headers) {}

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Answer answer = new Answer(200, Map.of());
    private volatile int failuresLeft;

    public Provider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer next = calls.incrementAndGet() <= failuresLeft ? new Answer(500, Map.of()) : answer;
            next.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(next.status(), -1);
        }
    }

    /** Answers so from now on; headers as name, value, name, value. */
    public Provider answers(int status, String... headers) {
        answer = new Answer(status, headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]));
        return this;
    }

    /** Answers the first calls with 500. */
    public Provider failsAtFirst(int times) {
        failuresLeft = times;
        return this;
    }

    public String url() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Returns how many calls have arrived. */
    public int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
