package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.CallRejectedException;
import dev.resilience.Criticality;
import dev.resilience.ManualScheduler;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link Places} and {@link PlacesModel} with what a {@link PlacesHistory} has done to both so far. */
final class PlacesRun {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LONGER_THAN_A_CLAIM = 3;

    private final ManualTicker ticker = new ManualTicker();
    private final ManualScheduler time = new ManualScheduler(ticker);
    private final CallerClasses classes = new CallerClasses(Name.of("payments"), new UnsharedCriticalities(), ticker);
    private final Places places = new Places(classes, new Looks(time, ticker, this::look));
    private final PlacesModel model;
    private final List<Caller> callers = new ArrayList<>();
    private final List<CallerClass> running = new ArrayList<>();
    private final List<String> grants = new ArrayList<>();
    private int limit;
    private Map<String, Integer> shares;

    PlacesRun(int limit, Map<String, Integer> shares) {
        this.limit = limit;
        this.shares = shares;
        model = new PlacesModel(limit, shares);
        places.resize(limit, shares);
    }

    private void look() {
        places.look();
    }

    private final class Caller implements Places.Turn {

        private final int number = callers.size();
        private final CallerClass callerClass;

        Caller(CallerClass callerClass) {
            this.callerClass = callerClass;
        }

        @Override
        public CallerClass callers() {
            return callerClass;
        }

        @Override
        public void grant(BulkheadPermit place) {
            grants.add(number + nameOf(callerClass));
            running.add(place.callers());
        }

        @Override
        public void exempt() {
            throw new AssertionError("Places let nobody in without a place");
        }

        @Override
        public void refuse(CallRejectedException why) {
            throw new AssertionError("Places send nobody away");
        }
    }

    private static String nameOf(CallerClass callers) {
        return callers.name() == null ? PlacesModel.UNRESERVED : callers.name();
    }

    void play(PlacesHistory.Step step) {
        switch (step.action()) {
            case TAKE -> take(step.criticality());
            case GIVE_BACK -> giveBack(step.number());
            case JOIN -> join(step.criticality(), step.number());
            case LEAVE -> leave(step.number());
            case REFUSE -> refuse(step.criticality());
            case RESIZE -> resize(step.number(), shares);
            case SHARE -> resize(limit, step.shares());
            case DISSOLVE -> dissolve();
            case WAIT_A_SECOND -> waitASecond();
        }
        compare();
    }

    private CallerClass classOf(String criticality) {
        return classes.of(Criticality.of(criticality));
    }

    private void take(String criticality) {
        BulkheadPermit place = places.tryTake(classOf(criticality));
        if (place != null) {
            running.add(place.callers());
        }
        assertThat(place != null).as("take").isEqualTo(model.tryTake(model.classOf(criticality)));
    }

    private void giveBack(int number) {
        if (model.running() > 0) {
            int call = number % model.running();
            places.giveBack(running.remove(call));
            model.giveBack(call);
        }
    }

    private void join(String criticality, int room) {
        Caller caller = new Caller(classOf(criticality));
        callers.add(caller);
        assertThat(places.join(caller, room))
                .as("join")
                .isEqualTo(model.join(caller.number, model.classOf(criticality), room));
    }

    private void leave(int number) {
        if (!callers.isEmpty()) {
            Caller caller = callers.get(number % callers.size());
            assertThat(places.leave(caller)).as("leave").isEqualTo(model.leave(caller.number));
        }
    }

    private void refuse(String criticality) {
        places.refuse(classOf(criticality));
        model.refuse(model.classOf(criticality));
    }

    private void resize(int newLimit, Map<String, Integer> newShares) {
        limit = newLimit;
        shares = newShares;
        places.resize(limit, shares);
        model.resize(limit, shares);
    }

    private void dissolve() {
        List<Integer> waiting =
                places.dissolve().stream().map(turn -> ((Caller) turn).number).toList();
        assertThat(waiting).as("dissolved").isEqualTo(model.dissolve());
    }

    private void waitASecond() {
        time.advance(SECOND);
        model.waitASecond();
    }

    private void compare() {
        assertThat(grants).as("order of grants").isEqualTo(model.grants());
        assertThat(places.occupancy()).as("occupancy").isEqualTo(new Places.Occupancy(model.running(), model.queued()));
        CallerClasses.Standing standing = places.standing();
        compare(PlacesModel.UNRESERVED, standing.unreserved());
        standing.shares().forEach(this::compare);
    }

    private void compare(String criticality, ShareSnapshot share) {
        assertThat(share.concurrent()).as("running " + criticality).isEqualTo(model.running(criticality));
        assertThat(share.queueDepth()).as("waiting " + criticality).isEqualTo(model.queued(criticality));
    }

    /** Lets everyone in and out again: nobody is left waiting when calls keep finishing. */
    void empty() {
        for (int second = 0; second < LONGER_THAN_A_CLAIM; second++) {
            waitASecond();
            compare();
        }
        while (model.running() > 0) {
            giveBack(0);
            compare();
        }
        assertThat(places.occupancy()).as("everybody has been in").isEqualTo(new Places.Occupancy(0, 0));
    }
}
