package dev.resilience.oracle;

import java.util.ArrayList;
import java.util.List;

/** Makes a history that fails small: leaves out steps and settings as long as it fails all the same. */
final class Shrinking {

    private BreakerHistory smallest;

    private Shrinking(BreakerHistory failing) {
        this.smallest = failing;
    }

    static BreakerHistory of(BreakerHistory failing) {
        Shrinking shrinking = new Shrinking(failing);
        BreakerHistory before;
        do {
            before = shrinking.smallest;
            shrinking.leaveOutSteps();
            shrinking.simplify();
        } while (!before.equals(shrinking.smallest));
        return shrinking.smallest;
    }

    private void leaveOutSteps() {
        for (int piece = Math.max(1, smallest.steps().size() / 2); piece >= 1; piece /= 2) {
            for (int from = smallest.steps().size() - piece; from >= 0; from -= piece) {
                List<Step> rest = new ArrayList<>(smallest.steps());
                rest.subList(from, Math.min(from + piece, rest.size())).clear();
                keepIfItFails(smallest.with(rest));
            }
        }
    }

    private void simplify() {
        keepIfItFails(smallest.withOrigin(0));
        keepIfItFails(smallest.byPermits());
        SimplerConfig.all(smallest.config()).forEach(simpler -> keepIfItFails(smallest.with(simpler)));
        for (int i = 0; i < smallest.steps().size(); i++) {
            Step step = smallest.steps().get(i);
            replace(i, new Step(step.action(), 0.5, step.compared()));
            replace(
                    i,
                    new Step(
                            smallest.steps().get(i).action(),
                            smallest.steps().get(i).die(),
                            true));
        }
    }

    private void replace(int index, Step step) {
        List<Step> steps = new ArrayList<>(smallest.steps());
        steps.set(index, step);
        keepIfItFails(smallest.with(steps));
    }

    private void keepIfItFails(BreakerHistory candidate) {
        if (!candidate.equals(smallest) && candidate.fails()) {
            smallest = candidate;
        }
    }
}
