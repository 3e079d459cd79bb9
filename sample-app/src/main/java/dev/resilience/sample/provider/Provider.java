package dev.resilience.sample.provider;

import dev.resilience.sample.Region;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The provider's installations, one a region, which behave as they are told. */
@Component
class Provider {

    private static final long LONGEST_HANG = TimeUnit.MINUTES.toNanos(5);

    private final Map<Region, Behaviour> behaviours = new EnumMap<>(Region.class);

    Provider() {
        behave(List.of(Region.values()), Behaviour.HEALTHY);
    }

    /** Changes the behaviour of regions, also for the requests that hang there. */
    synchronized void behave(List<Region> regions, Behaviour behaviour) {
        regions.forEach(region -> behaviours.put(region, behaviour));
        notifyAll();
    }

    synchronized Map<Region, Behaviour> behaviours() {
        return new EnumMap<>(behaviours);
    }

    /** Takes as long as the region's behaviour says, and returns whether the request shall fail. */
    boolean troubles(Region region) throws InterruptedException {
        return ThreadLocalRandom.current().nextDouble() * 100 < failureRateAfterDelay(region);
    }

    private synchronized double failureRateAfterDelay(Region region) throws InterruptedException {
        long startedAt = System.nanoTime();
        Behaviour now = current(region);
        long left = left(now, startedAt);
        while (left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            now = current(region);
            left = left(now, startedAt);
        }
        return now.failureRate();
    }

    private Behaviour current(Region region) {
        return behaviours.getOrDefault(region, Behaviour.HEALTHY);
    }

    private static long left(Behaviour behaviour, long startedAt) {
        long due = behaviour.hang() ? LONGEST_HANG : behaviour.latency().toNanos();
        return due - (System.nanoTime() - startedAt);
    }

    /** Lets go of what hangs, or the application would wait for it before it stops. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        behave(List.of(Region.values()), Behaviour.HEALTHY);
    }
}
