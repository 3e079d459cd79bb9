package dev.resilience.spring.shared;

import io.lettuce.core.codec.CRC16;
import java.nio.charset.StandardCharsets;

/** Which names of breakers can be shared, and to which shard each belongs. */
final class BreakerNames {

    /** Shards of a namespace; a constant of the protocol, so that layouts never disagree. */
    static final int SHARDS = 16;

    private static final int MOST_BYTES = 200;

    private BreakerNames() {}

    /** Returns whether the protocol can carry a name: 1 to 200 bytes of UTF-8 without control characters. */
    static boolean canBeShared(String name) {
        return !name.isEmpty()
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && name.chars().noneMatch(Character::isISOControl);
    }

    /** Returns the shard of a breaker, 0 to 15. */
    static int shard(String name) {
        return CRC16.crc16(name.getBytes(StandardCharsets.UTF_8)) % SHARDS;
    }
}
