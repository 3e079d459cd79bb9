package dev.resilience.oracle;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Steps at random, of a temper that is drawn for each history: how often calls fail, how often an operator meddles. */
final class RandomSteps {

    private static final int LONGEST = 90;
    private static final int CALLS = 8;
    private static final long[] TIMES = {
        0, 1, 10, 11, 1_000_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000, 900_000_000, 1_000_000_000
    };
    private static final Part[] PARTS = Part.values();
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final Length[] LENGTHS = Length.values();

    private final Random random;
    private final int failing;
    private final int meddling;

    RandomSteps(Random random) {
        this.random = random;
        this.failing = random.nextInt(100);
        this.meddling = random.nextInt(4) == 0 ? 10 : random.nextInt(3);
    }

    List<Step> some() {
        List<Step> steps = new ArrayList<>();
        int length = 1 + random.nextInt(LONGEST);
        boolean unseen = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            double die = random.nextInt(4) == 0 ? 0 : random.nextDouble();
            steps.add(new Step(action(), die, !unseen || random.nextInt(4) == 0));
        }
        return steps;
    }

    private Action action() {
        if (random.nextInt(100) < meddling) {
            return order();
        }
        int sort = random.nextInt(100);
        if (sort < 20) {
            return new Action.Ask(random.nextInt(20) == 0);
        }
        if (sort < 40) {
            return new Action.End(random.nextInt(CALLS), outcome(), length());
        }
        if (sort < 65) {
            return new Action.Call(outcome(), random.nextBoolean() ? 0 : time());
        }
        if (sort < 75) {
            return new Action.Pass(time());
        }
        if (sort < 88) {
            return new Action.PassUntil(random.nextInt(CALLS), random.nextInt(3) - 1);
        }
        return rare(random.nextInt(CALLS));
    }

    private Action rare(int call) {
        return switch (random.nextInt(8)) {
            case 0 -> new Action.GiveBack(call);
            case 1 -> new Action.IsCurrent(call);
            default -> new Action.Refuse(call);
        };
    }

    private Action order() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Action.Hold(BreakerState.FORCED_OPEN, expiry());
            case 2, 3 -> new Action.Hold(BreakerState.FORCED_CLOSED, expiry());
            case 4 -> new Action.Release();
            case 5, 6, 7, 8 -> new Action.Configure(PARTS[random.nextInt(PARTS.length)], RandomConfig.of(random));
            case 9 -> new Action.LayOver(RandomConfig.override(random));
            case 10 -> new Action.ClearOverride();
            default -> new Action.Reset();
        };
    }

    private @Nullable Long expiry() {
        return random.nextBoolean() ? null : (Long) (1 + time());
    }

    private Outcome outcome() {
        if (random.nextInt(8) == 0) {
            return OUTCOMES[random.nextInt(OUTCOMES.length)];
        }
        return random.nextInt(100) < failing ? Outcome.FAILURE : Outcome.SUCCESS;
    }

    private Length length() {
        return random.nextBoolean() ? Length.AS_IT_WAS : LENGTHS[random.nextInt(LENGTHS.length)];
    }

    private long time() {
        return TIMES[random.nextInt(TIMES.length)];
    }
}
