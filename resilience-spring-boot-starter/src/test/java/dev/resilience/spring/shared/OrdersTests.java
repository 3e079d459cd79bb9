package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Name;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.spring.shared.StoreAnswer.Status;
import org.junit.jupiter.api.Test;

/** Orders that are given while the store is away. */
class OrdersTests {

    private static final Force ANNS = new Force(BreakerState.FORCED_OPEN, null, "ann", "repair");

    private final ManualFleet fleet = new ManualFleet();
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("payments"),
            BreakerConfig.DEFAULTS,
            BreakerEnvironment.DEFAULT.withListener(transition -> shared().moved(transition)));
    private final SharedBreaker shared =
            new SharedBreaker(fleet, breaker, new Sharing(SharedMode.SHARED_STATE, Quorum.DEFAULT));

    OrdersTests() {
        fleet.hasStore = false;
    }

    private SharedBreaker shared() {
        return shared;
    }

    private void returnOfTheStore(Status answer) {
        fleet.hasStore = true;
        fleet.status = answer;
        shared.rejoin();
    }

    @Test
    void areHeldBack() {
        breaker.force(ANNS);

        assertThat(fleet.acts).isEmpty();
    }

    @Test
    void areSentWhenItIsBack() {
        breaker.force(ANNS);
        returnOfTheStore(Status.OK);

        assertThat(fleet.acts).singleElement().isInstanceOf(StoreCommand.Force.class);
        assertThat(fleet.dropped).isEmpty();
    }

    @Test
    void areToldOfWhereTheFleetHasHadANewerOne() {
        breaker.force(ANNS);
        returnOfTheStore(Status.STALE);

        assertThat(fleet.dropped).containsExactly(new DroppedOrder(Name.of("payments"), "FORCED_OPEN", "ann"));
    }

    @Test
    void areReplacedByLaterOnes() {
        breaker.force(ANNS);
        breaker.reset();
        returnOfTheStore(Status.STALE);

        assertThat(fleet.dropped).containsExactly(new DroppedOrder(Name.of("payments"), "RESET", null));
    }
}
