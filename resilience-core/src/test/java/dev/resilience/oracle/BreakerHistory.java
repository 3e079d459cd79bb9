package dev.resilience.oracle;

import dev.resilience.breaker.BreakerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random history of one breaker, played on the product and on the model side by side.
 *
 * @param origin where the clock begins
 * @param throughGuards whether calls go through guards, or ask for permits and end these
 */
record BreakerHistory(BreakerConfig config, long origin, boolean throughGuards, List<Step> steps) {

    static BreakerHistory random(Random random) {
        BreakerConfig config = RandomConfig.of(random);
        RandomSteps steps = new RandomSteps(random);
        return new BreakerHistory(config, origin(random), random.nextInt(3) == 0, steps.some());
    }

    /** Clocks may begin anywhere, and run over. */
    private static long origin(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextLong();
            default -> Long.MAX_VALUE - random.nextInt(1_000_000_000);
        };
    }

    /** Throws an {@link AssertionError} at the first step after which the two differ. */
    void play() {
        BreakerRun run = new BreakerRun(config, origin, throughGuards);
        for (int i = 0; i < steps.size(); i++) {
            run.take(i, steps.get(i));
        }
        run.compare("at the end");
    }

    boolean fails() {
        try {
            play();
            return false;
        } catch (AssertionError | RuntimeException different) {
            return true;
        }
    }

    /** Tells it step by step, with the time and the state before each, as far as the two agree. */
    @Override
    public String toString() {
        String settings =
                Stream.of(Part.values()).map(part -> part.shown(config)).collect(Collectors.joining("\n"));
        return settings + "\nclock from " + origin + (throughGuards ? ", through guards\n" : ", by permits\n") + told();
    }

    private String told() {
        BreakerRun run = new BreakerRun(config, origin, throughGuards);
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            story.append("at ")
                    .append(run.time())
                    .append(": ")
                    .append(steps.get(i))
                    .append('\n');
            try {
                run.take(i, steps.get(i));
            } catch (AssertionError | RuntimeException different) {
                return story.append(different).toString();
            }
        }
        return story.toString();
    }

    BreakerHistory with(List<Step> others) {
        return new BreakerHistory(config, origin, throughGuards, new ArrayList<>(others));
    }

    BreakerHistory with(BreakerConfig other) {
        return new BreakerHistory(other, origin, throughGuards, steps);
    }

    BreakerHistory withOrigin(long other) {
        return new BreakerHistory(config, other, throughGuards, steps);
    }

    BreakerHistory byPermits() {
        return new BreakerHistory(config, origin, false, steps);
    }
}
