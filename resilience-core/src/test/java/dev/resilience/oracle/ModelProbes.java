package dev.resilience.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One round of probes: those under way and the outcomes of those that are back. */
final class ModelProbes {

    final List<BreakerModel.Permit> running = new ArrayList<>();
    final List<ModelWindow.Entry> ended = new ArrayList<>();

    /** Returns whether another probe may go: one at a time, twice as many for each good one that is back, never too many in all. */
    boolean hasRoom(int probes) {
        double atOnce = Math.pow(2, (double) count(outcome -> !outcome.failure() && !outcome.slow()));
        return running.size() < atOnce && running.size() + ended.size() < probes;
    }

    long count(Predicate<ModelWindow.Entry> wanted) {
        return ended.stream().filter(wanted).count();
    }
}
