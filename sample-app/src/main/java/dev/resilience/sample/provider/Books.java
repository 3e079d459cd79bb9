package dev.resilience.sample.provider;

import dev.resilience.sample.Region;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the provider remembers: how many payments it has made, and its last visits. */
@Component
class Books {

    private static final int LAST = 20;

    private final Map<Region, Integer> charges = new EnumMap<>(Region.class);
    private final Deque<Visit> visits = new ArrayDeque<>();

    synchronized void charged(Region region) {
        charges.merge(region, 1, Integer::sum);
    }

    synchronized int charges(Region region) {
        return charges.getOrDefault(region, 0);
    }

    synchronized void left(Visit visit) {
        if (visits.size() == LAST) {
            visits.removeFirst();
        }
        visits.addLast(visit);
    }

    /** Returns the last visits, oldest first. */
    synchronized List<Visit> visits() {
        return List.copyOf(visits);
    }
}
