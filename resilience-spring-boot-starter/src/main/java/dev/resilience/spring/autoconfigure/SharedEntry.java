package dev.resilience.spring.autoconfigure;

import dev.resilience.spring.shared.Quorum;
import dev.resilience.spring.shared.SharedMode;
import org.jspecify.annotations.Nullable;

/** What the entry of a breaker says of how it is shared; null where that of all breakers holds. */
record SharedEntry(@Nullable SharedMode mode, @Nullable Quorum quorum) {}
