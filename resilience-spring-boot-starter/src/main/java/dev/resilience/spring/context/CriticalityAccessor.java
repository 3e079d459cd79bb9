package dev.resilience.spring.context;

import dev.resilience.Criticality;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets Micrometer's context-propagation carry the {@link Criticality} of a thread. */
public final class CriticalityAccessor implements ThreadLocalAccessor<Criticality> {

    /** The key under which the criticality is in Reactor's context and in snapshots. */
    public static final String KEY = Criticality.CONTEXT_KEY;

    /** Creates an accessor, as the service loader does. */
    public CriticalityAccessor() {}

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable Criticality getValue() {
        return Criticality.current();
    }

    @Override
    public void setValue(Criticality criticality) {
        Criticality.restore(criticality);
    }

    @Override
    public void setValue() {
        Criticality.restore(null);
    }
}
