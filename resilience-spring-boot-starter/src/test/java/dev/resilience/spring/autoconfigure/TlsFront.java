package dev.resilience.spring.autoconfigure;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** TLS in front of a store that has none itself. */
final class TlsFront implements AutoCloseable {

    private final SSLServerSocket server;
    private final RedisURI behind;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /** @param wantsCertificates whether clients must show that they are known */
    TlsFront(SSLContext context, boolean wantsCertificates, RedisURI behind) throws IOException {
        this.behind = behind;
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(wantsCertificates);
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            SSLSocket client = (SSLSocket) server.accept();
            open.add(client);
            start(() -> connect(client));
        }
    }

    private void connect(SSLSocket client) throws IOException {
        try (client) {
            client.startHandshake();
            Socket store = new Socket(behind.getHost(), behind.getPort());
            open.add(store);
            start(() -> pump(store, client));
            pump(client, store);
        }
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** A socket that is closed at either end is how each of these ends. */
    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        return;
                    }
                },
                "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
