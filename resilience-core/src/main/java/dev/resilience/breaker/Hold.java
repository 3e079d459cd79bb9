package dev.resilience.breaker;

import dev.resilience.breaker.BreakerSnapshot.ForceInEffect;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An operator's order with the moment it was given. */
record Hold(Force force, long since) {

    boolean expires() {
        return force.duration() != null;
    }

    boolean isOver(long now) {
        return expires() && left(now) <= 0;
    }

    /** Returns the nanoseconds until the expiry; 0 if there is none. */
    long left(long now) {
        Duration duration = force.duration();
        return duration == null ? 0 : duration.toNanos() - (now - since);
    }

    /** Returns the moment of the expiry, which there must be. */
    long end() {
        return since + left(since);
    }

    /** Returns what people are shown, given the wall clock's reading of the moment the order was given. */
    ForceInEffect shown(Instant given) {
        Duration duration = force.duration();
        @Nullable Instant until = duration == null ? null : given.plus(duration);
        return new ForceInEffect(force.state(), force.by(), force.reason(), until);
    }
}
