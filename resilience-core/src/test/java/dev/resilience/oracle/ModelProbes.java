package dev.resilience.oracle;

import java.util.ArrayList;
import java.util.List;

/** One round of probes: those under way and the outcomes of those that are back. */
final class ModelProbes {

    final List<BreakerModel.Permit> running = new ArrayList<>();
    final List<ModelWindow.Entry> ended = new ArrayList<>();

    /** How many may run at once: one, and twice as many after each good one, but never more than there are to be. */
    private int atOnce = 1;

    boolean hasRoom(int probes) {
        return running.size() < atOnce && running.size() + ended.size() < probes;
    }

    void add(ModelWindow.Entry outcome, int probes) {
        ended.add(outcome);
        if (!outcome.failure() && !outcome.slow()) {
            atOnce = Math.min(probes, 2 * atOnce);
        }
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
