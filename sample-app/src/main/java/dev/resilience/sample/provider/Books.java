package dev.resilience.sample.provider;

import dev.resilience.sample.Region;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the provider remembers of each region: how many payments it has made, and its last visits. */
@Component
class Books {

    private static final int LAST = 20;

    private final Map<Region, Integer> charges = new EnumMap<>(Region.class);
    private final Map<Region, Deque<Visit>> visits = new EnumMap<>(Region.class);

    synchronized void charged(Region region) {
        charges.merge(region, 1, Integer::sum);
    }

    synchronized int charges(Region region) {
        return charges.getOrDefault(region, 0);
    }

    synchronized void left(Region region, Visit visit) {
        Deque<Visit> last = visits.computeIfAbsent(region, none -> new ArrayDeque<>());
        if (last.size() == LAST) {
            last.removeFirst();
        }
        last.addLast(visit);
    }

    /** Returns the last visits, oldest first. */
    synchronized List<Visit> visits(Region region) {
        return List.copyOf(visits.getOrDefault(region, new ArrayDeque<>()));
    }
}
