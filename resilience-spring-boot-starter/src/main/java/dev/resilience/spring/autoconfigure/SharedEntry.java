package dev.resilience.spring.autoconfigure;

import dev.resilience.spring.shared.Quorum;
import dev.resilience.spring.shared.SharedMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the entry of a breaker says of how it is shared; null where that of all breakers holds, or nothing is judged. */
record SharedEntry(
        @Nullable SharedMode mode,
        @Nullable Quorum quorum,
        @Nullable Duration averageDuration,
        @Nullable Integer concurrent) {}
