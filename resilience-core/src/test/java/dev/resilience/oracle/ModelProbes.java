package dev.resilience.oracle;

import java.util.ArrayList;
import java.util.List;

/** One round of probes: those under way and the outcomes of those that are back. */
final class ModelProbes {

    final List<BreakerModel.Permit> running = new ArrayList<>();
    final List<ModelWindow.Entry> ended = new ArrayList<>();

    boolean hasRoom(int probes) {
        return running.size() < atOnce() && running.size() + ended.size() < probes;
    }

    /** Returns how many may run at once: one, and twice as many after each good one. */
    private long atOnce() {
        long atOnce = 1;
        for (ModelWindow.Entry outcome : ended) {
            atOnce = outcome.failure() || outcome.slow() ? atOnce : 2 * atOnce;
        }
        return atOnce;
    }

    long failures() {
        return ended.stream().filter(ModelWindow.Entry::failure).count();
    }

    long slow() {
        return ended.stream().filter(ModelWindow.Entry::slow).count();
    }

    ModelView view() {
        return new ModelView(ended.size(), failures(), slow(), 0, null, null, null);
    }
}
