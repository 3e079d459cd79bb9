package dev.resilience.spring.shared;

import java.util.concurrent.CompletionStage;

/** The way to a store: makes connections to it, and never by itself a second one after the first. Thread-safe. */
interface StoreConnector extends AutoCloseable {

    /**
     * Opens the connection for commands and the one for messages.
     *
     * <p>Completes exceptionally if the store cannot be reached within {@link StoreSettings#connectTimeout()}; nothing is
     * left open then.
     *
     * @param listener is told of messages and losses, on the thread of the connection; must not block
     */
    CompletionStage<StoreConnection> connect(StoreListener listener);

    /** Gives back all threads, without waiting for their end. */
    @Override
    void close();
}
