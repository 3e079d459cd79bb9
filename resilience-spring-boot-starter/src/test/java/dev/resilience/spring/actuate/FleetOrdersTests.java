package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.Name;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.SharedState;
import dev.resilience.breaker.Transition;
import dev.resilience.breaker.TransitionReason;
import dev.resilience.registry.BreakerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;

/** Orders to a breaker that a fleet shares. */
class FleetOrdersTests {

    private static final BreakerConfig ENFORCED = BreakerConfig.DEFAULTS.withEnforcement(Enforcement.FULL);

    private final BreakerRegistry registry = new BreakerRegistry(any -> ENFORCED, BreakerEnvironment.DEFAULT);
    /** Breakers that others hold closed as soon as anybody here moves them. */
    private final BreakerRegistry hasty = new BreakerRegistry(
            any -> BreakerConfig.DEFAULTS, BreakerEnvironment.DEFAULT.withListener(this::holdClosedAgain));

    private final List<Name> kept = new ArrayList<>();
    private boolean storeIsThere = true;
    private FleetDirectory.@Nullable Part part;
    private final BreakerResource breakers =
            new BreakerResource(new Breakers(registry, new NoMethods(), new Directory()), new AuditTrail(event -> {}));

    FleetOrdersTests() {
        registry.get("payments");
        registry.family(Name.of("payments")).get("EU");
    }

    private void holdClosedAgain(Transition transition) {
        if (transition.node() == null) {
            Force force = Force.to(BreakerState.FORCED_CLOSED);
            hasty.get("payments")
                    .adopt(new SharedState(
                            BreakerState.FORCED_CLOSED,
                            1,
                            TransitionReason.FORCED,
                            "another",
                            Attribution.NONE,
                            Duration.ZERO,
                            Duration.ZERO,
                            0,
                            force,
                            null,
                            List.of()));
        }
    }

    private BreakerDetail order(@Nullable String key, Map<String, @Nullable Object> fields) {
        return breakers.order("payments", key, Fields.of(fields, breakers.orderFields()), "ann");
    }

    @Test
    void areReportedAsTheyWereGivenThoughTheFleetMovesTheBreakerAtOnce() {
        List<AuditApplicationEvent> audited = new ArrayList<>();
        BreakerResource resource = new BreakerResource(
                new Breakers(hasty, new NoMethods(), new Directory()),
                new AuditTrail(event -> audited.add((AuditApplicationEvent) event)));
        hasty.get("payments");

        resource.order("payments", null, Fields.of(Map.of("state", "FORCED_OPEN"), resource.orderFields()), "ann");
        resource.order("payments", null, Fields.of(Map.of("state", "RESET"), resource.orderFields()), "ann");

        assertThat(audited)
                .extracting(event -> event.getAuditEvent().getData().get("to"))
                .containsExactly("FORCED_OPEN", "CLOSED");
    }

    @Test
    void areAnsweredWithHowTheBreakerIsShared() {
        part = new FleetDirectory.Part(Map.of("live", 12), Map.of("average-duration", Duration.ofSeconds(90)));

        BreakerDetail answer = order(null, Map.of("state", "FORCED_OPEN"));

        assertThat(answer.shared()).isEqualTo(Map.of("live", 12));
        assertThat(answer.config()).containsEntry("shared", Map.of("average-duration", "90s"));
    }

    @Test
    void areAnsweredWithoutThatWhereItIsNot() {
        BreakerDetail answer = order(null, Map.of("state", "FORCED_OPEN"));

        assertThat(answer.shared()).isNull();
        assertThat(answer.config()).doesNotContainKey("shared");
    }

    @Test
    void areOfTheFleet() {
        BreakerDetail answer = order(null, Map.of("state", "FORCED_OPEN"));

        assertThat(answer.scope()).isEqualTo("fleet");
        assertThat(answer.pending()).isNull();
        assertThat(kept).isEmpty();
    }

    @Test
    void arePendingWhileTheStoreIsAway() {
        storeIsThere = false;
        BreakerDetail answer = order(null, Map.of("state", "FORCED_OPEN"));

        assertThat(answer.scope()).isEqualTo("node");
        assertThat(answer.pending()).isTrue();
    }

    @Test
    void stayHereWhereTheyAreMeantTo() {
        BreakerDetail answer = order(null, Map.of("state", "FORCED_OPEN", "scope", "node"));

        assertThat(answer.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(answer.scope()).isEqualTo("node");
        assertThat(answer.pending()).isNull();
        assertThat(kept).containsExactly(Name.of("payments"));
    }

    @Test
    void stayHereWhereTheBreakerOnlyWatches() {
        BreakerDetail answer = order(null, Map.of("state", "FORCED_OPEN", "mode", "SHADOW"));

        assertThat(answer.scope()).isEqualTo("node");
        assertThat(answer.pending()).isNull();
    }

    @Test
    void areGivenOnceWhatLayOverTheModeIsGone() {
        List<GuardMode> modes = new ArrayList<>();
        AtomicReference<CircuitBreaker> breaker = new AtomicReference<>();
        BreakerRegistry heard = new BreakerRegistry(
                any -> ENFORCED,
                BreakerEnvironment.DEFAULT.withListener(transition ->
                        modes.add(breaker.get().config().enforcement().mode())));
        breaker.set(heard.get("payments"));
        breaker.get().override(new BreakerOverride(GuardMode.SHADOW, null, null));
        BreakerResource resource =
                new BreakerResource(new Breakers(heard, new NoMethods(), new Directory()), new AuditTrail(event -> {}));

        resource.order("payments", null, Fields.of(Map.of("state", "RESET"), resource.orderFields()), "ann");

        assertThat(modes).containsExactly(GuardMode.ENFORCE);
    }

    @Test
    void areToldOfThoughTheyChangeNothingHere() {
        List<Object> audited = new ArrayList<>();
        BreakerResource resource = new BreakerResource(
                new Breakers(registry, new NoMethods(), new Directory()), new AuditTrail(audited::add));
        part = new FleetDirectory.Part(Map.of(), Map.of());

        resource.order("payments", "EU", Fields.of(Map.of("state", "AUTO"), resource.orderFields()), "ann");
        assertThat(audited).isEmpty();

        resource.order("payments", null, Fields.of(Map.of("state", "AUTO"), resource.orderFields()), "ann");
        assertThat(audited).hasSize(1);
    }

    @Test
    void stayHereForOneKeyAlone() {
        order("EU", Map.of("state", "FORCED_OPEN", "scope", "NODE"));

        assertThat(kept).containsExactly(Name.of("payments").withKey("EU"));
    }

    @Test
    void canBeForOneProcessOnlyWhereTheyForce() {
        Assertions.assertThatThrownBy(() -> order(null, Map.of("state", "RESET", "scope", "node")))
                .hasMessageContaining("Only a force can be for one process alone");
        assertThat(kept).isEmpty();
    }

    private final class Directory implements FleetDirectory {

        @Override
        public @Nullable Part of(Name name) {
            return part;
        }

        @Override
        public Boolean isOrdered(Name name) {
            return storeIsThere;
        }

        @Override
        public void keepHere(Name name) {
            kept.add(name);
        }
    }

    private static final class NoMethods implements MethodDirectory {

        @Override
        public List<String> ofBreaker(Name name) {
            return List.of();
        }

        @Override
        public List<String> ofBulkhead(Name name) {
            return List.of();
        }
    }
}
