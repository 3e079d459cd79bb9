package dev.resilience.bulkhead;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who waits, in the order of arrival, and whose turn it is; called under the lock of {@link Places}. */
final class TurnQueue {

    private final Deque<Places.Turn> turns = new ArrayDeque<>(0);
    private final CallerClasses classes;
    private final Looks looks;

    /** @param looks is told when a turn waits beside a free place */
    TurnQueue(CallerClasses classes, Looks looks) {
        this.classes = classes;
        this.looks = looks;
    }

    /** Returns whether a caller that comes now may have one of the free places. */
    boolean lets(CallerClass callers, int free) {
        return free > 0 && (callers.isUnderGuarantee() || (turns.isEmpty() && free > classes.kept()));
    }

    void add(Places.Turn turn, int free) {
        turns.addLast(turn);
        turn.callers().join();
        lookLater(free);
    }

    boolean remove(Places.Turn turn) {
        boolean removed = turns.remove(turn);
        if (removed) {
            turn.callers().leave();
        }
        return removed;
    }

    List<Places.Turn> clear() {
        List<Places.Turn> all = List.copyOf(turns);
        all.forEach(this::remove);
        return all;
    }

    /** Removes and returns the turn that one of the free places goes to; null if it goes to nobody. */
    Places.@Nullable Turn poll(int free) {
        Places.Turn next = turns.isEmpty() || free <= 0 ? null : next(free);
        if (next == null) {
            lookLater(free);
        } else {
            remove(next);
        }
        return next;
    }

    private Places.@Nullable Turn next(int free) {
        if (classes.isAnyDue()) {
            return turns.stream()
                    .filter(turn -> turn.callers().isUnderGuarantee())
                    .findFirst()
                    .orElse(null);
        }
        return free > classes.kept() ? turns.peekFirst() : null;
    }

    private void lookLater(int free) {
        if (!turns.isEmpty() && free > 0) {
            looks.within(classes.untilLessIsKept());
        }
    }
}
