package dev.resilience.oracle;

import dev.resilience.breaker.WindowSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that was recorded since a window began; what is in it at a moment is counted anew each time.
 *
 * <p>The rules let an outcome leave a time window after 0.9 to 1.0 of its length. This one assumes the choice that the product
 * documents: the window has tenths, the first begins with the window itself, and the current tenth and the nine before it count.
 */
final class ModelWindow {

    private static final int TENTHS = 10;

    /**
     * One outcome or refusal.
     *
     * @param refused by the guard's own bulkhead: no outcome
     * @param cancelled its caller gave up, so that it says nothing about failing
     */
    record Entry(long at, boolean refused, boolean failure, boolean slow, boolean cancelled) {}

    private final WindowSize size;
    private final long beganAt;
    private final List<Entry> entries = new ArrayList<>();

    ModelWindow(WindowSize size, long beganAt) {
        this.size = size;
        this.beganAt = beganAt;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Lets go of what is not inside any more: a change of configuration does, as the rates of a past moment are told after it. */
    void forget(long now) {
        List<Entry> kept = List.copyOf(inside(now));
        entries.clear();
        entries.addAll(kept);
    }

    long calls(long now) {
        return count(now, entry -> true);
    }

    long failures(long now) {
        return count(now, Entry::failure);
    }

    long slow(long now) {
        return count(now, Entry::slow);
    }

    long refused(long now) {
        return count(now, Entry::refused);
    }

    private long count(long now, Predicate<Entry> wanted) {
        return inside(now).stream().filter(wanted).count();
    }

    /** Returns the moment of the next tenth, at which outcomes may leave; the far future for a count window. */
    long nextTenth(long now) {
        return size instanceof WindowSize.Time time
                ? beganAt + (tenth(now, time.length()) + 1) * (time.length().toNanos() / TENTHS)
                : Long.MAX_VALUE;
    }

    private List<Entry> inside(long now) {
        if (size instanceof WindowSize.Calls calls) {
            return entries.subList(Math.max(0, entries.size() - calls.count()), entries.size());
        }
        Duration length = ((WindowSize.Time) size).length();
        return entries.stream()
                .filter(entry -> tenth(entry.at(), length) > tenth(now, length) - TENTHS)
                .toList();
    }

    private long tenth(long at, Duration length) {
        return (at - beganAt) / (length.toNanos() / TENTHS);
    }
}
