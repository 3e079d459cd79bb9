package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@link Places} has to do, so plain that it is right by looking at it: one thread, lists and numbers. */
final class PlacesModel {

    static final String UNRESERVED = "";

    private static final int CLAIM_SECONDS = 2;

    private record Waiter(int caller, String criticality) {}

    private final List<String> grants = new ArrayList<>();
    private final List<Waiter> queue = new ArrayList<>();
    private final List<String> running = new ArrayList<>();
    private final Map<String, Integer> claims = new HashMap<>();
    private final Map<String, Integer> lapses = new HashMap<>();
    private Map<String, Integer> percents = Map.of();
    private int limit;
    private int now;

    PlacesModel(int limit, Map<String, Integer> percents) {
        resize(limit, percents);
    }

    /** Returns the class of a caller that comes now. */
    String classOf(String criticality) {
        return percents.containsKey(criticality) ? criticality : UNRESERVED;
    }

    boolean tryTake(String criticality) {
        grantWhatIsFree();
        boolean may = free() > 0 && (isUnderGuarantee(criticality) || (queue.isEmpty() && free() > kept()));
        if (may) {
            enter(criticality);
        }
        return may;
    }

    void giveBack(int call) {
        running.remove(call);
        grantWhatIsFree();
    }

    boolean join(int caller, String criticality, int room) {
        if (tryTake(criticality)) {
            grants.add(caller + criticality);
            return true;
        }
        return queue.size() < room && queue.add(new Waiter(caller, criticality));
    }

    boolean leave(int caller) {
        grantWhatIsFree();
        return queue.removeIf(waiter -> waiter.caller == caller);
    }

    void refuse(String criticality) {
        if (isUnderGuarantee(criticality)) {
            claims.put(criticality, claims(criticality) + 1);
            lapses.put(criticality, now + CLAIM_SECONDS);
        }
    }

    void resize(int newLimit, Map<String, Integer> newPercents) {
        limit = newLimit;
        percents = newPercents;
        grantWhatIsFree();
    }

    List<Integer> dissolve() {
        List<Integer> waiting = queue.stream().map(Waiter::caller).toList();
        queue.clear();
        return waiting;
    }

    void waitASecond() {
        now++;
        grantWhatIsFree();
    }

    private void grantWhatIsFree() {
        Waiter next = next();
        while (next != null) {
            queue.remove(next);
            enter(next.criticality);
            grants.add(next.caller + next.criticality);
            next = next();
        }
        assertThat(free() > 0 && isAnyDue())
                .as("a caller under its share waits beside a free place")
                .isFalse();
    }

    private Waiter next() {
        if (free() <= 0) {
            return null;
        }
        for (Waiter waiter : queue) {
            if (isUnderGuarantee(waiter.criticality)) {
                return waiter;
            }
        }
        return !queue.isEmpty() && free() > kept() ? queue.get(0) : null;
    }

    private void enter(String criticality) {
        assertThat(isAnyDue() && !isUnderGuarantee(criticality))
                .as("a caller under its share is passed")
                .isFalse();
        running.add(criticality);
        claims.put(criticality, Math.max(0, claims(criticality) - 1));
    }

    private boolean isAnyDue() {
        return queue.stream().anyMatch(waiter -> isUnderGuarantee(waiter.criticality));
    }

    private boolean isUnderGuarantee(String criticality) {
        return running(criticality) < guaranteed(criticality);
    }

    private int guaranteed(String criticality) {
        return limit * percents.getOrDefault(criticality, 0) / 100;
    }

    private int claims(String criticality) {
        return now < lapses.getOrDefault(criticality, 0) ? claims.getOrDefault(criticality, 0) : 0;
    }

    private int kept() {
        return percents.keySet().stream()
                .mapToInt(each -> Math.min(claims(each), Math.max(0, guaranteed(each) - running(each))))
                .sum();
    }

    private int free() {
        return limit - running.size();
    }

    int running() {
        return running.size();
    }

    int running(String criticality) {
        return Math.toIntExact(running.stream().filter(criticality::equals).count());
    }

    String criticalityOf(int call) {
        return running.get(call);
    }

    int queued() {
        return queue.size();
    }

    int queued(String criticality) {
        return Math.toIntExact(queue.stream()
                .filter(waiter -> Objects.equals(waiter.criticality, criticality))
                .count());
    }

    /** Returns who got a place after joining, in the order in which they got it, each with its class. */
    List<String> grants() {
        return grants;
    }
}
