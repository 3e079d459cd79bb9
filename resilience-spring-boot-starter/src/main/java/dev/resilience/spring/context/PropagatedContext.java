package dev.resilience.spring.context;

import dev.resilience.ContextCarrier;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;

/**
 * Carries all that Micrometer's context-propagation knows of a thread (observations, Spring Security's context, deadlines and
 * whatever else an application registers), and the MDC.
 *
 * <p>What the calling thread does not have, the task does not have either, whatever its thread had before. Safe for use by many
 * threads.
 */
public final class PropagatedContext implements ContextCarrier {

    private final ContextSnapshotFactory registered =
            ContextSnapshotFactory.builder().clearMissing(true).build();

    /** The MDC is in a registry of its own, because the global one is the application's to change. */
    private final ContextSnapshotFactory mdc = ContextSnapshotFactory.builder()
            .contextRegistry(new ContextRegistry().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor()))
            .clearMissing(true)
            .build();

    /** Creates a carrier. */
    public PropagatedContext() {}

    /** The MDC goes outside, because an observation that comes back writes its trace into it. */
    @Override
    public Runnable carrying(Runnable task) {
        return mdc.captureAll().wrap(registered.captureAll().wrap(task));
    }
}
