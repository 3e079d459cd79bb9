package dev.resilience.spring.context;

import dev.resilience.Deadline;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets Micrometer's context-propagation carry the {@link Deadline} of a thread, which stays the same moment. */
public final class DeadlineAccessor implements ThreadLocalAccessor<Deadline> {

    /** The key under which the deadline is in Reactor's context and in snapshots. */
    public static final String KEY = Deadline.CONTEXT_KEY;

    /** Creates an accessor, as the service loader does. */
    public DeadlineAccessor() {}

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Deadline getValue() {
        return Deadline.current();
    }

    @Override
    public void setValue(Deadline deadline) {
        Deadline.restore(deadline);
    }

    @Override
    public void setValue() {
        Deadline.restore(null);
    }
}
