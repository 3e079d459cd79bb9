package dev.resilience.bulkhead;

import dev.resilience.Criticality;
import dev.resilience.Name;
import dev.resilience.Ticker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of callers of one bulkhead: one for each criticality that has or once had a share, and one for all other callers. */
/*
 * A class outlives its share: its calls still run, and its counts must not fall. Both maps are replaced, never changed, under the
 * lock of Places, under which everything is called that is not said to be called without it.
 */
final class CallerClasses {

    private final Name bulkhead;
    private final UnsharedCriticalities unshared;
    private final Ticker ticker;
    private final CallerClass unreserved = new CallerClass(null);
    private volatile Map<String, CallerClass> known = Map.of();
    private volatile Map<String, CallerClass> sharing = Map.of();

    CallerClasses(Name bulkhead, UnsharedCriticalities unshared, Ticker ticker) {
        this.bulkhead = bulkhead;
        this.unshared = unshared;
        this.ticker = ticker;
    }

    /** Returns the class of all callers without a share; without the lock. */
    CallerClass unreserved() {
        return unreserved;
    }

    /** Returns the class of a caller; without the lock. */
    CallerClass of(@Nullable Criticality criticality) {
        Map<String, CallerClass> now = sharing;
        if (criticality == null || now.isEmpty()) {
            return unreserved;
        }
        CallerClass found = now.get(criticality.canonical());
        if (found == null) {
            unshared.meet(bulkhead, criticality);
            return unreserved;
        }
        return found;
    }

    /** Returns whether no class has or had a share; without the lock. */
    boolean isPlain() {
        return known.isEmpty();
    }

    /** Gives the classes their shares of a limit. */
    void share(Map<String, Integer> percents, int limit) {
        if (percents.isEmpty() && known.isEmpty()) {
            return;
        }
        Map<String, CallerClass> all = new LinkedHashMap<>(known);
        Map<String, CallerClass> now = new HashMap<>();
        known.values().forEach(callers -> callers.share(0, limit));
        percents.forEach((name, percent) -> {
            CallerClass callers = all.computeIfAbsent(Name.canonical(name), form -> new CallerClass(name));
            callers.share(percent, limit);
            now.put(Name.canonical(name), callers);
        });
        known = all;
        sharing = now;
    }

    /** Returns whether somebody waits for a place of their share. */
    boolean isAnyDue() {
        for (CallerClass callers : known.values()) {
            if (callers.isDue()) {
                return true;
            }
        }
        return false;
    }

    /** Notes that a caller was refused: one under its guarantee leaves a claim. */
    void refuse(CallerClass callers) {
        if (callers.isUnderGuarantee()) {
            callers.claim(ticker.nanos());
        }
    }

    /** Returns how many free places must not be lent. */
    int kept() {
        int kept = 0;
        for (CallerClass callers : known.values()) {
            kept += callers.hasClaimed() ? callers.kept(ticker.nanos()) : 0;
        }
        return kept;
    }

    /** Returns after how many nanoseconds fewer places are kept than now, if nothing else happens; 0 if none is. */
    long untilLessIsKept() {
        long soonest = Long.MAX_VALUE;
        long now = ticker.nanos();
        for (CallerClass callers : known.values()) {
            if (callers.hasClaimed() && callers.kept(now) > 0) {
                soonest = Math.min(soonest, callers.claimsLapseAt() - now);
            }
        }
        return soonest == Long.MAX_VALUE ? 0 : soonest;
    }

    /** Returns how many calls are under way without a place; without the lock. */
    int exempt() {
        int exempt = unreserved.counts().exempt();
        for (CallerClass callers : known.values()) {
            exempt += callers.counts().exempt();
        }
        return exempt;
    }

    /** Returns all classes of one moment, by name; without the lock only where none has or had a share. */
    Standing standing(Places.Occupancy occupancy) {
        int running = occupancy.running();
        int waiting = occupancy.queued();
        Map<String, ShareSnapshot> shares = new LinkedHashMap<>();
        for (CallerClass callers : known.values()) {
            running -= callers.running();
            waiting -= callers.waiting();
            shares.put(String.valueOf(callers.name()), callers.snapshot(callers.running(), callers.waiting()));
        }
        return new Standing(unreserved.snapshot(running, waiting), shares);
    }

    /**
     * All classes of one moment.
     *
     * @param unreserved callers without a share
     * @param shares the others, by the name of their criticality
     */
    record Standing(ShareSnapshot unreserved, Map<String, ShareSnapshot> shares) {

        /** Returns all of them in sum. */
        ShareSnapshot sum() {
            ShareSnapshot sum = unreserved;
            for (ShareSnapshot share : shares.values()) {
                sum = sum.plus(share);
            }
            return sum;
        }
    }
}
