package dev.resilience.spring.shared;

import java.util.concurrent.CompletionStage;

/** A pair of connections that is never repaired: once it is lost, a new one is made. Thread-safe. */
interface StoreConnection {

    /** Returns the store at the other end. */
    FleetStore store();

    /** Returns whether messages of the fleet arrive. */
    boolean isSubscribed();

    /** Opens the connection for messages again, after {@link StoreListener#muted}. */
    CompletionStage<Void> subscribe();

    /** Closes both connections, and tells when they are; nobody is told of this loss. */
    CompletionStage<Void> close();
}
