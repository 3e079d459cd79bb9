package dev.resilience.bulkhead;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What {@link Places} has to do, so plain that it is right by looking at it: one thread, a list and a number. */
final class PlacesModel {

    private final List<Integer> grants = new ArrayList<>();
    private final Deque<Integer> queue = new ArrayDeque<>();
    private int running;
    private int limit;

    PlacesModel(int limit) {
        this.limit = limit;
    }

    boolean tryTake() {
        if (!queue.isEmpty() || running >= limit) {
            return false;
        }
        running++;
        return true;
    }

    void giveBack() {
        running--;
        grantWhatIsFree();
    }

    boolean join(int caller, int room) {
        if (tryTake()) {
            grants.add(caller);
            return true;
        }
        return queue.size() < room && queue.add(caller);
    }

    boolean leave(Integer caller) {
        return queue.remove(caller);
    }

    void resize(int newLimit) {
        limit = newLimit;
        grantWhatIsFree();
    }

    List<Integer> dissolve() {
        List<Integer> waiting = List.copyOf(queue);
        queue.clear();
        return waiting;
    }

    private void grantWhatIsFree() {
        while (!queue.isEmpty() && running < limit) {
            running++;
            grants.add(queue.removeFirst());
        }
    }

    int running() {
        return running;
    }

    int queued() {
        return queue.size();
    }

    /** Returns who got a place after joining, in the order in which they got it. */
    List<Integer> grants() {
        return grants;
    }
}
