package dev.resilience.spring.shared;

import dev.resilience.Name;
import io.lettuce.core.codec.CRC16;
import java.nio.charset.StandardCharsets;

/** Which names of breakers can be shared, and to which shard each belongs. */
final class BreakerNames {

    /** Shards of a namespace; a constant of the protocol, so that layouts never disagree. */
    static final int SHARDS = 16;

    private static final int MOST_BYTES = 200;
    /** Before the name of breakers: what is meant for all of them. No name begins so. */
    private static final String ALL = "*";

    private BreakerNames() {}

    /** Returns whether the protocol can carry a name: 1 to 200 bytes of UTF-8 without control characters. */
    static boolean canBeShared(String name) {
        return !name.isEmpty()
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && name.chars().noneMatch(Character::isISOControl);
    }

    /** Returns under what the store keeps the orders to all breakers of a name. */
    static String all(Name name) {
        return ALL + name.text();
    }

    /** Returns the shard of a breaker, 0 to 15. Orders to all breakers of a name are in that of the one without a key. */
    static int shard(String name) {
        String breaker = name.startsWith(ALL) ? name.substring(ALL.length()) : name;
        return CRC16.crc16(breaker.getBytes(StandardCharsets.UTF_8)) % SHARDS;
    }
}
