package dev.resilience.spring.shared;

import java.time.Duration;

/**
 * Where and who a node is.
 *
 * @param namespace nodes of one namespace share their breakers; 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param node name of this process, 1 to 64 printable ASCII characters without blanks, never used by another process
 * @param stateTtl how long the store keeps a state that nobody reads
 * @param aliveTtl how long a sign of life counts
 * @param pubSub whether to listen to messages
 */
record StoreSettings(
        String namespace,
        String node,
        Duration stateTtl,
        Duration aliveTtl,
        Duration commandTimeout,
        Duration connectTimeout,
        boolean pubSub) {

    StoreSettings {
        require(isNamespace(namespace), "namespace", namespace, "must be 1 to 64 of A-Z a-z 0-9 . _ -");
        require(isNode(node), "node", node, "must be 1 to 64 printable ASCII characters without blanks");
    }

    static boolean isNamespace(String text) {
        return text.matches("[A-Za-z0-9._-]{1,64}");
    }

    static boolean isNode(String text) {
        return text.matches("[!-~]{1,64}");
    }

    private static void require(boolean valid, String name, String value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("Invalid %s (%s): %s".formatted(name, value, rule));
        }
    }
}
