package dev.resilience.spring.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the store what this process counted of the breakers whose window the fleet shares, and hears the sums of all nodes. Nodes that
 * are well tell seldom, and the more seldom the more they are; those in trouble tell at once. On the member's thread only.
 */
final class SumsExchange {

    private static final int MOST_AT_ONCE = 100;
    private static final Duration PAUSE_EACH = Duration.ofNanos(100_000);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    /** By which part a flush comes earlier or later than the last one said. */
    private static final double SPREAD = 0.1;

    private final Fleet fleet;
    private final Collection<SharedBreaker> breakers;
    private final Alarm alarm;

    /** @param breakers a view of those that are shared */
    SumsExchange(Fleet fleet, Collection<SharedBreaker> breakers) {
        this.fleet = fleet;
        this.breakers = breakers;
        this.alarm = new Alarm(fleet);
    }

    /** Looks and tells without waiting any longer, and then goes on as long as the store is there. */
    void begin() {
        if (fleet.hasStore()) {
            alarm.set(Duration.ZERO, this::flush);
        }
    }

    /** Stops, as the store went away. */
    void stop() {
        alarm.clear();
    }

    private List<WindowShare> shares() {
        return breakers.stream()
                .map(SharedBreaker::windowShare)
                .flatMap(Optional::stream)
                .toList();
    }

    private Duration pause(List<WindowShare> shares) {
        Duration pause = fleet.settings().flushInterval();
        for (WindowShare share : shares) {
            @Nullable Duration longest = share.longestPause();
            pause = longest == null ? pause : Waits.shorterOf(longest, pause);
        }
        return Waits.longerOf(pause, Waits.longerOf(PAUSE_EACH.multipliedBy(fleet.live()), SHORTEST_PAUSE));
    }

    private void flush() {
        List<WindowShare> shares = shares();
        List<WindowShare> dirty = shares.stream()
                .filter(WindowShare::look)
                .filter(WindowShare::isCounted)
                .toList();
        List<WindowShare> due = dirty.stream().filter(WindowShare::isDue).toList();
        Pace pace = pace(dirty.size());
        for (int from = 0; from < due.size(); from += MOST_AT_ONCE) {
            tell(due.subList(from, Math.min(due.size(), from + MOST_AT_ONCE)), pace);
        }
        if (!shares.isEmpty()) {
            alarm.set(pause(shares), this::flush);
        }
    }

    private void tell(List<WindowShare> shares, Pace pace) {
        List<SyncDelta> deltas = shares.stream().map(share -> share.take(pace)).toList();
        fleet.counts().syncs.increment();
        fleet.ask(store -> store.sync(deltas), sums -> {
            for (int index = 0; index < shares.size(); index++) {
                shares.get(index).answered(sums.answers().get(index));
            }
        });
    }

    private Pace pace(int dirty) {
        double seconds = (double) fleet.live() * dirty / fleet.settings().flushBudget();
        return new Pace(Duration.ofNanos((long) (seconds * 1e9)), 1 - SPREAD + 2 * SPREAD * fleet.random());
    }
}
