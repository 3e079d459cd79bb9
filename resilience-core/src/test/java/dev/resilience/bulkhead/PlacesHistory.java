package dev.resilience.bulkhead;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A random history of one bulkhead's places, played on {@link Places} and on {@link PlacesModel} side by side. */
record PlacesHistory(int limit, Map<String, Integer> shares, List<Step> steps) {

    private static final int LONGEST = 60;
    private static final int HIGHEST_LIMIT = 6;
    private static final int LARGEST_ROOM = 5;
    private static final List<String> CRITICALITIES = List.of("customer", "batch", "stranger");
    private static final List<Map<String, Integer>> SHARES = List.of(
            Map.of(),
            Map.of(),
            Map.of("customer", 50),
            Map.of("customer", 50, "batch", 34),
            Map.of("batch", 100),
            Map.of("customer", 67, "batch", 33));

    enum Action {
        TAKE,
        GIVE_BACK,
        JOIN,
        LEAVE,
        REFUSE,
        RESIZE,
        SHARE,
        DISSOLVE,
        WAIT_A_SECOND
    }

    /**
     * One step.
     *
     * @param number depends on the action: a room, a limit, which of the shares, which of the calls or of the callers that ever joined
     * @param criticality of the caller
     */
    record Step(Action action, int number, String criticality) {

        @Override
        public String toString() {
            return action + " " + number + " " + criticality;
        }

        Map<String, Integer> shares() {
            return SHARES.get(number % SHARES.size());
        }
    }

    static PlacesHistory random(Random random) {
        List<Step> steps = new ArrayList<>();
        int length = 1 + random.nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            steps.add(randomStep(random));
        }
        return new PlacesHistory(1 + random.nextInt(HIGHEST_LIMIT), SHARES.get(random.nextInt(SHARES.size())), steps);
    }

    private static Step randomStep(Random random) {
        String criticality = CRITICALITIES.get(random.nextInt(CRITICALITIES.size()));
        int die = random.nextInt(100);
        if (die < 20) {
            return new Step(Action.TAKE, 0, criticality);
        }
        if (die < 45) {
            return new Step(Action.GIVE_BACK, random.nextInt(LONGEST), criticality);
        }
        if (die < 70) {
            return new Step(Action.JOIN, random.nextInt(LARGEST_ROOM), criticality);
        }
        if (die < 77) {
            return new Step(Action.LEAVE, random.nextInt(LONGEST), criticality);
        }
        if (die < 86) {
            return new Step(Action.REFUSE, 0, criticality);
        }
        return rareStep(die, random.nextInt(LONGEST), criticality);
    }

    private static Step rareStep(int die, int number, String criticality) {
        if (die < 91) {
            return new Step(Action.WAIT_A_SECOND, 0, criticality);
        }
        if (die < 95) {
            return new Step(Action.RESIZE, 1 + number % HIGHEST_LIMIT, criticality);
        }
        return new Step(die < 98 ? Action.SHARE : Action.DISSOLVE, number, criticality);
    }

    /** Throws an {@link AssertionError} at the first step after which the two differ. */
    void play() {
        PlacesRun run = new PlacesRun(limit, shares);
        steps.forEach(run::play);
        run.empty();
    }

    boolean fails() {
        try {
            play();
            return false;
        } catch (AssertionError | RuntimeException different) {
            return true;
        }
    }

    /** Returns a history that fails too and from which no single step can be left out. */
    PlacesHistory shrunk() {
        PlacesHistory smallest = this;
        for (int i = steps.size() - 1; i >= 0; i--) {
            PlacesHistory shorter = smallest.without(i);
            smallest = shorter.fails() ? shorter : smallest;
        }
        return smallest;
    }

    private PlacesHistory without(int step) {
        List<Step> rest = new ArrayList<>(steps);
        rest.remove(step);
        return new PlacesHistory(limit, shares, rest);
    }

    @Override
    public String toString() {
        return "limit " + limit + ", shares " + shares + ": "
                + steps.stream().map(Step::toString).collect(Collectors.joining(", "));
    }
}
