package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A random history of one bulkhead's places, played on {@link Places} and on {@link PlacesModel} side by side. */
record PlacesHistory(int limit, List<Step> steps) {

    private static final int LONGEST = 60;
    private static final int HIGHEST_LIMIT = 4;
    private static final int LARGEST_ROOM = 5;

    enum Action {
        TAKE,
        GIVE_BACK,
        JOIN,
        LEAVE,
        RESIZE,
        DISSOLVE
    }

    /** One step; what the number means depends on the action: a room, a limit, or which of the callers that ever joined. */
    record Step(Action action, int number) {
        @Override
        public String toString() {
            return action + " " + number;
        }
    }

    static PlacesHistory random(Random random) {
        List<Step> steps = new ArrayList<>();
        int length = 1 + random.nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            steps.add(randomStep(random));
        }
        return new PlacesHistory(1 + random.nextInt(HIGHEST_LIMIT), steps);
    }

    private static Step randomStep(Random random) {
        int die = random.nextInt(100);
        if (die < 20) {
            return new Step(Action.TAKE, 0);
        }
        if (die < 50) {
            return new Step(Action.GIVE_BACK, 0);
        }
        if (die < 80) {
            return new Step(Action.JOIN, random.nextInt(LARGEST_ROOM));
        }
        if (die < 90) {
            return new Step(Action.LEAVE, random.nextInt(LONGEST));
        }
        return die < 97 ? new Step(Action.RESIZE, 1 + random.nextInt(HIGHEST_LIMIT)) : new Step(Action.DISSOLVE, 0);
    }

    /** Throws an {@link AssertionError} at the first step after which the two differ. */
    void play() {
        PlacesRun run = new PlacesRun(limit);
        for (int i = 0; i < steps.size(); i++) {
            run.play(steps.get(i));
        }
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
        return new PlacesHistory(limit, rest);
    }

    @Override
    public String toString() {
        return "limit " + limit + ": " + steps.stream().map(Step::toString).collect(Collectors.joining(", "));
    }

    /** The two under test with what was done to them so far. */
    private static final class PlacesRun {

        private final Places places;
        private final PlacesModel model;
        private final List<Caller> callers = new ArrayList<>();
        private final List<Integer> grants = new ArrayList<>();

        PlacesRun(int limit) {
            places = new Places(limit);
            model = new PlacesModel(limit);
        }

        private final class Caller implements Places.Turn {

            private final int number = callers.size();

            @Override
            public void grant(BulkheadPermit place) {
                grants.add(number);
            }

            @Override
            public void exempt() {
                throw new AssertionError("Places let nobody in without a place");
            }
        }

        void play(Step step) {
            switch (step.action()) {
                case TAKE -> assertThat(places.tryTake()).as("take").isEqualTo(model.tryTake());
                case GIVE_BACK -> giveBack();
                case JOIN -> join(step.number());
                case LEAVE -> leave(step.number());
                case RESIZE -> resize(step.number());
                case DISSOLVE -> dissolve();
            }
            compare();
        }

        private void giveBack() {
            if (model.running() > 0) {
                places.giveBack();
                model.giveBack();
            }
        }

        private void join(int room) {
            Caller caller = new Caller();
            callers.add(caller);
            assertThat(places.join(caller, room)).as("join").isEqualTo(model.join(caller.number, room));
        }

        private void leave(int number) {
            if (!callers.isEmpty()) {
                Caller caller = callers.get(number % callers.size());
                assertThat(places.leave(caller)).as("leave").isEqualTo(model.leave(caller.number));
            }
        }

        private void resize(int limit) {
            places.resize(limit);
            model.resize(limit);
        }

        private void dissolve() {
            List<Integer> waiting = places.dissolve().stream()
                    .map(turn -> ((Caller) turn).number)
                    .toList();
            assertThat(waiting).as("dissolved").isEqualTo(model.dissolve());
        }

        private void compare() {
            assertThat(places.occupancy())
                    .as("occupancy")
                    .isEqualTo(new Places.Occupancy(model.running(), model.queued()));
            assertThat(grants).as("order of grants").isEqualTo(model.grants());
        }

        /** Lets everyone in and out again. */
        void empty() {
            while (model.running() > 0) {
                giveBack();
                compare();
            }
        }
    }
}
