package dev.resilience.spring.shared;

/** Something that the store keeps under a name, and that this node follows. On the member's thread only. */
interface Followed {

    /** Returns its name in the store. */
    String name();

    default int shard() {
        return BreakerNames.shard(name());
    }

    /** Returns what this node knows of what the fleet agreed on. */
    Agreement agreement();

    /** Returns whether this node knows of nothing that the store would have to hear of, or could have lost. */
    boolean isPlain();

    /** Finds together with the store again, which knows of this name, or of which this node knows something. */
    void rejoin();

    /** Is told that the store is there and knows nothing of this name, nor does this node. */
    void joined();

    /** Follows the fleet again, if this did not, and nothing keeps it from that any longer. */
    void followIfOnAgain();

    /** Goes on alone. */
    void leave();
}
