package dev.resilience.spring.autoconfigure;

import dev.resilience.breaker.BreakerListener;
import dev.resilience.breaker.Transition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * All listeners of an application in their order; each hears of a transition, whatever those before it throw.
 *
 * <p>They are looked up with the first transition, so that a listener may itself depend on what is guarded.
 */
final class BreakerListeners implements BreakerListener {

    private final ObjectProvider<BreakerListener> beans;
    private volatile @Nullable List<BreakerListener> listeners;

    BreakerListeners(ObjectProvider<BreakerListener> beans) {
        this.beans = beans;
    }

    @Override
    public void onTransition(Transition transition) {
        RuntimeException broken = null;
        for (BreakerListener listener : all()) {
            try {
                listener.onTransition(transition);
            } catch (RuntimeException | Error thrown) {
                if (broken == null) {
                    broken = new IllegalStateException(
                            "A BreakerListener threw: " + listener.getClass().getName());
                }
                broken.addSuppressed(thrown);
            }
        }
        if (broken != null) {
            throw broken;
        }
    }

    private List<BreakerListener> all() {
        List<BreakerListener> found = listeners;
        if (found == null) {
            found = beans.orderedStream().toList();
            listeners = found;
        }
        return found;
    }
}
