package dev.resilience.sample.provider;

import dev.resilience.Deadline;
import dev.resilience.sample.Region;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
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

    /**
     * Takes as long as the region's behaviour says, but no longer than the caller waits: nobody could use the answer.
     *
     * @return what to answer with
     */
    synchronized HttpStatus work(Region region) throws InterruptedException {
        Deadline deadline = Deadline.current();
        long startedAt = System.nanoTime();
        long left = left(current(region), startedAt);
        while (left > 0) {
            if (deadline != null && deadline.isOver()) {
                return HttpStatus.GATEWAY_TIMEOUT;
            }
            TimeUnit.NANOSECONDS.timedWait(this, deadline == null ? left : Math.min(left, deadline.remainingNanos()));
            left = left(current(region), startedAt);
        }
        return fails(region) ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.OK;
    }

    private boolean fails(Region region) {
        Behaviour now = current(region);
        if (now.failures() > 0) {
            behaviours.put(region, now.afterFailure());
            return true;
        }
        return ThreadLocalRandom.current().nextDouble() * 100 < now.failureRate();
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
