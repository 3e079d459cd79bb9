package dev.resilience.oracle;

import dev.resilience.breaker.BreakerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A random history of one breaker, played on the product and on the model side by side. */
record BreakerHistory(BreakerConfig config, long origin, List<Step> steps) {

    static BreakerHistory random(Random random) {
        BreakerConfig config = RandomConfig.of(random);
        RandomSteps steps = new RandomSteps(random);
        return new BreakerHistory(config, origin(random), steps.some());
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
        BreakerRun run = new BreakerRun(config, origin);
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

    @Override
    public String toString() {
        return config + "\norigin " + origin + "\n"
                + steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
    }

    BreakerHistory with(List<Step> others) {
        return new BreakerHistory(config, origin, new ArrayList<>(others));
    }

    BreakerHistory with(BreakerConfig other) {
        return new BreakerHistory(other, origin, steps);
    }

    BreakerHistory withOrigin(long other) {
        return new BreakerHistory(config, other, steps);
    }
}
