package dev.resilience.spring.shared;

/** Names of keys and channel in the store. All keys of a shard hash to one slot of a cluster, by what is in the braces. */
record StoreKeys(String namespace) {

    private static final String PREFIX = "rb1:";

    /** Returns the keys of scripts that work on one breaker, in their order: state, window, leases, votes, log. */
    String[] of(String breaker) {
        return new String[] {
            key(breaker, "b"), key(breaker, "w"), key(breaker, "l"), key(breaker, "q"), log(BreakerNames.shard(breaker))
        };
    }

    /** Returns the keys of a breaker for sums: state, window, votes. */
    String[] ofSums(String breaker) {
        return new String[] {key(breaker, "b"), key(breaker, "w"), key(breaker, "q")};
    }

    String log(int shard) {
        if (shard < 0 || shard >= BreakerNames.SHARDS) {
            throw new IllegalArgumentException("Invalid shard (%d): must be 0 to 15".formatted(shard));
        }
        return PREFIX + "{" + namespace + ":" + shard + "}:r";
    }

    String nodes() {
        return PREFIX + "{" + namespace + "}:n";
    }

    String channel() {
        return PREFIX + namespace;
    }

    private String key(String breaker, String kind) {
        return PREFIX + "{" + namespace + ":" + BreakerNames.shard(breaker) + "}:" + kind + ":" + breaker;
    }
}
