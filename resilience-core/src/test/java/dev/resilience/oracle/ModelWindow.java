package dev.resilience.oracle;

import dev.resilience.breaker.WindowSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Long beganAt;
    private final List<Entry> entries = new ArrayList<>();

    private ModelWindow(WindowSize size, @Nullable Long beganAt) {
        this.size = size;
        this.beganAt = beganAt;
    }

    /** A window of which it is known when it begins. */
    static ModelWindow beginning(WindowSize size, long at) {
        return new ModelWindow(size, at);
    }

    /** A window that begins when it is needed first. */
    static ModelWindow unbegun(WindowSize size) {
        return new ModelWindow(size, null);
    }

    /** Begins, unless it has begun already. */
    private void begin(long now) {
        if (beganAt == null) {
            beganAt = now;
        }
    }

    void add(Entry entry) {
        begin(entry.at());
        entries.add(entry);
    }

    WindowSize size() {
        return size;
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
        begin(now);
        return inside(now).stream().filter(wanted).count();
    }

    /** Returns the moment of the next tenth, at which outcomes may leave; the far future for a count window. */
    long nextTenth(long now) {
        return size instanceof WindowSize.Time time && beganAt != null
                ? began() + (tenth(now, time.length()) + 1) * (time.length().toNanos() / TENTHS)
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

    private long began() {
        return Objects.requireNonNull(beganAt, "the window has not begun");
    }

    private long tenth(long at, Duration length) {
        return (at - began()) / (length.toNanos() / TENTHS);
    }
}
