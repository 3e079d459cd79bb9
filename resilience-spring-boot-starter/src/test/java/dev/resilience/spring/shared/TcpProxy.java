package dev.resilience.spring.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Stands between a client and a server, and does to their connections what networks do. */
final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    private static final byte NOISE = 0x15;

    private final ServerSocket listening;
    private final Collection<Link> links = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService later =
            Executors.newSingleThreadScheduledExecutor(task -> daemon("proxy-later", task));
    private volatile int target;
    private volatile boolean isCut;
    private volatile boolean isSwallowing;
    private volatile boolean isSwallowingMessages;
    private volatile boolean isGarbling;
    private volatile long delay;

    TcpProxy(int target) {
        this.target = target;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        daemon("proxy-accept", this::accept).start();
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    String uri() {
        return "redis://127.0.0.1:" + port();
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ends all connections and lets nobody through. */
    void cut() {
        isCut = true;
        endAll();
    }

    /** Ends all connections; new ones can be made. */
    void endAll() {
        links.forEach(Link::close);
    }

    /** Ends the connections over which somebody subscribed, and no others. */
    void cutMessages() {
        links.stream().filter(link -> link.isSubscribed).forEach(Link::close);
    }

    /** Keeps all connections and lets nothing through. */
    void swallow() {
        isSwallowing = true;
    }

    /** Lets nothing through to those who subscribed, who do not notice. */
    void swallowMessages() {
        isSwallowingMessages = true;
    }

    /** Ends what the server says on each connection, but not what it hears. */
    void halfClose() {
        links.forEach(Link::halfClose);
    }

    /** Changes what the server says. */
    void garble() {
        isGarbling = true;
    }

    /** Has everything arrive later, in both directions. */
    void delay(Duration by) {
        delay = by.toNanos();
    }

    /** Sends those who come from now on to another server. */
    void lead(int port) {
        target = port;
    }

    /** Does no harm any more; what it has done to connections stays done. */
    void heal() {
        isCut = false;
        isSwallowing = false;
        isSwallowingMessages = false;
        isGarbling = false;
        delay = 0;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (isCut) {
                    client.close();
                } else {
                    new Link(client);
                }
            } catch (IOException ended) {
                // this proxy is closed, or its server is away: whoever came sees a connection that ends
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(listening);
        links.forEach(Link::close);
        later.shutdownNow();
    }

    private static void closeQuietly(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception alreadyGone) {
            // that is what was wanted
        }
    }

    /** A connection of a client and the one to the server for it. */
    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean isSubscribed;

        Link(Socket client) throws IOException {
            this.client = client;
            try {
                this.server = new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException away) {
                client.close();
                throw away;
            }
            links.add(this);
            daemon("proxy-ask", () -> pump(client, server, false)).start();
            daemon("proxy-answer", () -> pump(server, client, true)).start();
        }

        private void pump(Socket from, Socket to, boolean isAnswer) {
            byte[] buffer = new byte[CHUNK];
            Queue<byte[]> underWay = new ConcurrentLinkedQueue<>();
            try {
                for (int read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    // a connection keeps the order, also where the delay becomes shorter
                    underWay.add(Arrays.copyOf(buffer, read));
                    var unused =
                            later.schedule(() -> pass(underWay.remove(), to, isAnswer), delay, TimeUnit.NANOSECONDS);
                }
                var unused = later.schedule(this::close, delay, TimeUnit.NANOSECONDS);
            } catch (IOException | RuntimeException ended) {
                close();
            }
        }

        private void pass(byte[] chunk, Socket to, boolean isAnswer) {
            if (!isAnswer && new String(chunk, StandardCharsets.ISO_8859_1).contains("SUBSCRIBE")) {
                isSubscribed = true;
            }
            if (isSwallowing || (isSwallowingMessages && isSubscribed && isAnswer)) {
                return;
            }
            try {
                to.getOutputStream().write(isGarbling && isAnswer ? garbled(chunk) : chunk);
            } catch (IOException ended) {
                close();
            }
        }

        private static byte[] garbled(byte[] chunk) {
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] ^= NOISE;
            }
            return chunk;
        }

        private void halfClose() {
            try {
                client.shutdownOutput();
            } catch (IOException ended) {
                close();
            }
        }

        private void close() {
            links.remove(this);
            closeQuietly(client);
            closeQuietly(server);
        }
    }
}
