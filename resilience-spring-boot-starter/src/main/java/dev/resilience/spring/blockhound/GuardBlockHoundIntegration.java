package dev.resilience.spring.blockhound;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Allows the few places where a thread may wait for another one that holds a lock of the guards' for some instructions: short of memory
 * and processors nothing can make that longer, as no foreign code and no I/O is behind them. Found by the service loader.
 *
 * <p>Each is the method that takes the lock, or hands a task to threads of the JDK, and nothing else: what a guarded call does is seen.
 */
public final class GuardBlockHoundIntegration implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("dev.resilience.bulkhead.Places", "lock")
                .allowBlockingCallsInside("dev.resilience.breaker.Waiters", "lock")
                .allowBlockingCallsInside("dev.resilience.registry.Instances", "lock")
                .allowBlockingCallsInside("dev.resilience.registry.Families", "lock")
                .allowBlockingCallsInside("dev.resilience.SystemScheduler", "schedule")
                .allowBlockingCallsInside("dev.resilience.SystemScheduler", "execute")
                .allowBlockingCallsInside("dev.resilience.SystemScheduler$Timer", "remove")
                .allowBlockingCallsInside("dev.resilience.bulkhead.OwnThreads", "execute");
    }
}
