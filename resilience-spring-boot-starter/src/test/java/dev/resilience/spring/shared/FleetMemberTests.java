package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.GuardMode;
import dev.resilience.Name;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Tag("store")
class FleetMemberTests {

    private static final Quorum ONE = new Quorum(1, false);

    private final String namespace = "test-" + UUID.randomUUID();
    private final List<Node> nodes = new ArrayList<>();

    private Node node(Quorum quorum) {
        Node node = new Node(TestRedis.address(), namespace, "node-" + nodes.size(), quorum);
        nodes.add(node);
        await().atMost(Duration.ofSeconds(10)).until(() -> node.isIn(Scope.FLEET));
        return node;
    }

    private static void awaitState(Node node, BreakerState state) {
        await().atMost(Duration.ofSeconds(10)).until(() -> node.state() == state && node.isIn(Scope.FLEET));
    }

    private List<String> alive() {
        return TestConnection.OF_ADMIN.sync().zrange(new StoreKeys(namespace).nodes(), 0, -1);
    }

    @AfterEach
    void leave() {
        nodes.forEach(Node::close);
    }

    @Test
    void opensTheFleetWhereTheFirstOpenerDecides() {
        Node first = node(ONE);
        Node second = node(ONE);

        first.fail(4);

        awaitState(second, BreakerState.OPEN);
        assertThat(second.heard).singleElement().satisfies(transition -> {
            assertThat(transition.reason()).isEqualTo(TransitionReason.FAILURE_RATE);
            assertThat(transition.node()).isEqualTo("node-0");
        });
        await().until(() -> first.view().epoch() == second.view().epoch());
    }

    @Test
    void joinsAtOnceWhenItStarts() {
        MemberSettings slowToReturn =
                Node.returning(Node.FAST.reconnectFirst(), Node.FAST.reconnectLongest(), Duration.ofMinutes(10));
        Node starting = new Node(TestRedis.address(), namespace, "starting", ONE, slowToReturn);
        nodes.add(starting);

        // by chance it would be within half a minute
        await().atMost(Duration.ofSeconds(2)).until(() -> starting.isIn(Scope.FLEET));
    }

    @Test
    void isNotCountedAnyLongerOnceItHasStopped() {
        node(ONE);
        Node stopping = node(ONE);
        assertThat(alive()).containsExactlyInAnyOrder("node-0", "node-1");

        stopping.close();

        assertThat(alive()).containsExactly("node-0");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void endsWithoutAWarning(CapturedOutput output) {
        node(ONE).close();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(each -> each.getName().equals("resilience-fleet")));
        assertThat(output).doesNotContain("WARN");
    }

    @Test
    void tellsOfNoLossWhenItStops() {
        Node stopping = node(ONE);
        stopping.fail(4);
        await().until(() -> stopping.view().epoch() > 0);

        stopping.close();
        Node other = node(ONE);
        other.breaker.reset();
        awaitState(other, BreakerState.CLOSED);

        assertThat(stopping.heard).extracting(Transition::reason).doesNotContain(TransitionReason.STORE_LOST);
    }

    @Test
    void stopsOneSickNodeAloneAndTheFleetByItsQuorum() {
        Quorum two = new Quorum(2, false);
        Node sick = node(two);
        Node other = node(two);

        sick.fail(4);
        await().until(() -> sick.view().votes() == 1);

        assertThat(sick.state()).isEqualTo(BreakerState.OPEN);
        assertThat(sick.view().epoch()).isZero();
        assertThat(other.state()).isEqualTo(BreakerState.CLOSED);
        other.fail(4);

        await().until(() ->
                sick.view().epoch() > 0 && sick.view().epoch() == other.view().epoch());
        assertThat(other.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void makesNoMoreProbesThanOneRoundHas() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.fail(4);
        awaitState(second, BreakerState.OPEN);
        awaitState(first, BreakerState.OPEN);
        AtomicInteger permitted = new AtomicInteger();

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    for (Node node : List.of(first, second)) {
                        if (node.state() != BreakerState.CLOSED && node.make(true)) {
                            permitted.incrementAndGet();
                        }
                    }
                    return first.state() == BreakerState.CLOSED && second.state() == BreakerState.CLOSED;
                });

        assertThat(permitted).hasValueBetween(2, 3);
    }

    @Test
    void forcesAndReleasesOnAllNodes() {
        Node first = node(ONE);
        Node second = node(ONE);

        first.breaker.force(new Force(BreakerState.FORCED_OPEN, null, "ann", "repair\nof the provider"));
        awaitState(second, BreakerState.FORCED_OPEN);
        assertThat(second.breaker.snapshot().force()).satisfies(force -> {
            assertThat(force.by()).isEqualTo("ann");
            assertThat(force.reason()).isEqualTo("repair of the provider");
        });

        second.breaker.reset(new Attribution("bob", "the provider\nis back"));
        awaitState(first, BreakerState.CLOSED);
        assertThat(first.heard)
                .last()
                .extracting(Transition::attribution)
                .isEqualTo(new Attribution("bob", "the provider is back"));
    }

    @Test
    void followsAgainWhenWhatWasOrderedOfABreakerThatOnlyWatchesIsOver() {
        Node first = node(ONE);
        Node watching = node(ONE);
        first.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        awaitState(watching, BreakerState.FORCED_OPEN);
        watching.breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));

        watching.breaker.release();

        await().until(() -> watching.heard.size() >= 3 && watching.state() == BreakerState.FORCED_OPEN);
        assertThat(watching.heard)
                .extracting(Transition::to)
                .containsExactly(BreakerState.FORCED_OPEN, BreakerState.HALF_OPEN, BreakerState.FORCED_OPEN);
        assertThat(first.state()).isEqualTo(BreakerState.FORCED_OPEN);
    }

    @RepeatedTest(5)
    void agreesOnOneOfTwoOrdersForAllOfANameThatAreGivenAtOnce() {
        Node first = node(ONE);
        Node second = node(ONE);
        for (String key : List.of("EU", "US", "AP")) {
            first.family().get(key);
            second.family().get(key);
        }

        CompletableFuture<?> opened = CompletableFuture.runAsync(
                () -> first.family().force(new Force(BreakerState.FORCED_OPEN, null, "ann", null)));
        second.family().force(new Force(BreakerState.FORCED_CLOSED, null, "bob", null));
        opened.join();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(List.of(first, second))
                        .flatExtracting(node -> node.family().all())
                        .extracting(CircuitBreaker::state)
                        .containsOnly(forcedForAll()));
    }

    private BreakerState forcedForAll() {
        String key = new StoreKeys(namespace).of(BreakerNames.all(Name.of("payments")))[0];
        return BreakerState.valueOf(TestConnection.OF_ADMIN.sync().hget(key, StateField.STATE));
    }

    @Test
    void movesNoBreakerOfANodeThatJoinsAHealthyFleet() {
        Node first = node(ONE);

        assertThat(first.heard).isEmpty();
    }

    @Test
    void tellsThatAnOrderIsTheFleets() throws InterruptedException {
        Node first = node(ONE);
        first.breaker.force(Force.to(BreakerState.FORCED_OPEN));

        assertThat(first.member.awaitOrder(first.breaker.name(), Duration.ofSeconds(10)))
                .isTrue();
        assertThat(first.view().epoch()).isPositive();
    }

    @Test
    void letsANodeThatComesLaterFollow() {
        Node first = node(ONE);
        first.breaker.force(Force.to(BreakerState.FORCED_CLOSED));
        await().until(() -> first.view().epoch() > 0);

        awaitState(node(ONE), BreakerState.FORCED_CLOSED);
    }

    @Test
    void tellsWhoDecidedInTheTransitionOfThoseThatFollow() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        awaitState(second, BreakerState.FORCED_OPEN);

        assertThat(second.heard).extracting(Transition::node).containsExactly("node-0");
    }

    @Test
    void tellsNobodyOfAForceThatIsForOneNodeAlone() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.member.keepHere(first.breaker.name());
        first.breaker.force(Force.to(BreakerState.FORCED_CLOSED));
        await().until(() -> first.view().scope() == Scope.LOCAL);
        second.fail(4);
        await().until(() -> first.view().epoch() > 0);

        assertThat(first.state()).isEqualTo(BreakerState.FORCED_CLOSED);
        assertThat(second.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void followsTheFleetAgainAfterAForceOfItsOwn() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.member.keepHere(first.breaker.name());
        first.breaker.force(Force.to(BreakerState.FORCED_CLOSED));
        second.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        await().until(() -> first.view().epoch() > 0);
        first.breaker.release();

        awaitState(first, BreakerState.FORCED_OPEN);
    }

    @Test
    void followsTheFleetAgainWhenAForceOfItsOwnExpires() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.member.keepHere(first.breaker.name());
        first.breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofMillis(200), null, null));

        awaitState(first, BreakerState.CLOSED);
        assertThat(second.heard).isEmpty();
    }

    @Test
    void tellsTheFleetOfTheNextForceAgain() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.member.keepHere(first.breaker.name());
        first.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        first.breaker.force(Force.to(BreakerState.FORCED_CLOSED));

        awaitState(second, BreakerState.FORCED_CLOSED);
        assertThat(second.heard).hasSize(1);
    }

    @Test
    void keepsBreakersThatAreMadeUnderAForceOfTheirNameHere() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.member.keepHere(first.breaker.name());
        first.registry.family(Name.of("payments")).force(Force.to(BreakerState.FORCED_OPEN));
        CircuitBreaker keyed = first.registry.family(Name.of("payments")).get("EU");
        keyed.state();

        await().until(() ->
                first.member.view(keyed.name()).map(SharedView::scope).orElse(null) == Scope.LOCAL);
        assertThat(keyed.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(second.registry.family(Name.of("payments")).get("EU").state())
                .isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void forcesNoLaterKeyOnceAnotherNodeHasEndedTheForceOfTheName() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.registry.family(Name.of("payments")).force(Force.to(BreakerState.FORCED_OPEN));
        awaitState(second, BreakerState.FORCED_OPEN);
        second.registry.family(Name.of("payments")).reset();
        awaitState(first, BreakerState.CLOSED);

        await().untilAsserted(() -> assertThat(
                        first.registry.get("payments", "EU" + System.nanoTime()).state())
                .isEqualTo(BreakerState.CLOSED));
    }

    @Test
    void leavesAForceToTheOthersWhereOneNodeIsSwitchedOff() {
        Node first = node(ONE);
        Node second = node(ONE);
        first.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        awaitState(second, BreakerState.FORCED_OPEN);
        long epoch = first.view().epoch();
        second.breaker.override(new BreakerOverride(GuardMode.OFF, null, null));
        await().until(() -> second.isIn(Scope.LOCAL));

        assertThat(second.make(true)).isTrue();
        assertThat(first.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(first.view().epoch()).isEqualTo(epoch);
    }

    @Test
    void followsTheFleetAgainOnceItIsSwitchedOnAgain() {
        Node first = node(ONE);
        Node second = node(ONE);
        second.breaker.override(new BreakerOverride(GuardMode.OFF, null, null));
        first.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        await().until(() -> second.isIn(Scope.LOCAL));
        second.breaker.clearOverride();

        awaitState(second, BreakerState.FORCED_OPEN);
    }
}
