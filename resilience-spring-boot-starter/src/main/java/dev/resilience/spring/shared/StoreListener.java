package dev.resilience.spring.shared;

/** Who is told of what happens on a connection. Called on the thread of the connection: must not block. */
interface StoreListener {

    /** A breaker of the fleet changed, as a message says; whether it is true, the log of the shard knows. */
    void changed(StateMessage message);

    /** A message came that makes no sense. */
    void nonsense(InvalidStoreDataException problem);

    /** The connection for messages is gone; that for commands works on. */
    void muted();

    /** The connection for commands is gone, and with it the other one. */
    void lost();
}
