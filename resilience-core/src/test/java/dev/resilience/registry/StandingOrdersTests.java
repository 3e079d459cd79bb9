package dev.resilience.registry;

import static dev.resilience.breaker.BreakerState.CLOSED;
import static dev.resilience.breaker.BreakerState.FORCED_CLOSED;
import static dev.resilience.breaker.BreakerState.FORCED_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.InvalidSettingException;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Ticker;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerSnapshot;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.Transition;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders given for a name hold for the keys that come later. */
class StandingOrdersTests {

    private static final BreakerOverride OFF = new BreakerOverride(GuardMode.OFF, null, null);

    private final ManualTicker ticker = new ManualTicker();
    private final BreakerRegistry breakers = breakers(ticker);
    private final BreakerFamily family = breakers.family(Name.of("payments"));
    private final BulkheadRegistry bulkheads = new BulkheadRegistry(BulkheadConfig.DEFAULTS);
    private final BulkheadFamily bulkheadFamily = bulkheads.family(Name.of("payments"));

    private static BreakerRegistry breakers(Ticker ticker) {
        return new BreakerRegistry(
                name -> BreakerConfig.DEFAULTS,
                BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)));
    }

    @Test
    void forceEveryInstanceAndLaterOnes() {
        family.get("early");
        family.force(new Force(FORCED_OPEN, null, "alice", "maintenance"));
        family.get("later");
        assertThat(family.all()).hasSize(3).allSatisfy(breaker -> {
            BreakerSnapshot snapshot = breaker.snapshot();
            assertThat(snapshot.state()).isEqualTo(FORCED_OPEN);
            assertThat(snapshot.force().by()).isEqualTo("alice");
            assertThat(snapshot.force().reason()).isEqualTo("maintenance");
        });
    }

    @Test
    void releaseEveryInstanceAndLaterOnes() {
        family.force(Force.to(FORCED_OPEN));
        assertThat(family.release()).isTrue();
        assertThat(family.release()).isFalse();
        assertThat(family.get("later").state()).isEqualTo(CLOSED);
    }

    @Test
    void resetEveryInstanceAndLaterOnes() {
        family.force(Force.to(FORCED_CLOSED));
        family.reset();
        assertThat(family.plain().state()).isEqualTo(CLOSED);
        assertThat(family.get("later").state()).isEqualTo(CLOSED);
    }

    @Test
    void ofAnotherPlaceForceLaterInstancesOnly() {
        family.forceLater(Force.to(FORCED_OPEN));
        assertThat(family.plain().state()).isEqualTo(CLOSED);
        assertThat(family.get("later").state()).isEqualTo(FORCED_OPEN);
    }

    @Test
    void thatEndedElsewhereLeaveTheInstancesThatAreThere() {
        family.force(Force.to(FORCED_OPEN));
        family.forgetForce();
        assertThat(family.plain().state()).isEqualTo(FORCED_OPEN);
        assertThat(family.get("later").state()).isEqualTo(CLOSED);
    }

    @Test
    void areHeardOfBeforeAnyInstanceHasThem() {
        List<String> heard = new ArrayList<>();
        breakers.addListener(new FamilyOrderListener() {
            @Override
            public void forced(Name name, Force force) {
                heard.add(name + " " + force.state() + " of a " + family.plain().state());
            }

            @Override
            public void released(Name name, Attribution by) {
                heard.add(name + " released of a " + family.plain().state());
            }

            @Override
            public void reset(Name name, Attribution by) {
                heard.add(name + " reset of a " + family.plain().state());
            }

            @Override
            public void given(Name name) {
                heard.add(name + " given to a " + family.plain().state());
            }
        });
        family.force(Force.to(FORCED_CLOSED));
        family.release();
        family.release();
        family.reset();
        assertThat(heard)
                .containsExactly(
                        "payments FORCED_CLOSED of a CLOSED",
                        "payments given to a FORCED_CLOSED",
                        "payments released of a FORCED_CLOSED",
                        "payments given to a CLOSED",
                        "payments released of a CLOSED",
                        "payments given to a CLOSED",
                        "payments reset of a CLOSED",
                        "payments given to a CLOSED");
    }

    @Test
    void areShownByEachInstanceWithWhoGaveThem() {
        Attribution ann = new Attribution("ann", "provider is back");
        List<CircuitBreaker> all = List.of(family.plain(), family.get("EU"));
        family.force(Force.to(FORCED_CLOSED));
        family.release(ann);
        family.reset(ann);

        assertThat(all)
                .allSatisfy(breaker -> assertThat(breaker.snapshot().transitions())
                        .extracting(Transition::attribution)
                        .containsExactly(Attribution.NONE, ann, ann));
    }

    @Test
    void thatAreRefusedAreNotHeardOf() {
        List<Name> heard = new ArrayList<>();
        breakers.addListener(new FamilyOrderListener() {
            @Override
            public void forced(Name name, Force force) {
                heard.add(name);
            }

            @Override
            public void released(Name name, Attribution by) {
                heard.add(name);
            }

            @Override
            public void reset(Name name, Attribution by) {
                heard.add(name);
            }

            @Override
            public void given(Name name) {
                heard.add(name);
            }
        });
        family.plain().override(OFF);
        assertThatThrownBy(() -> family.force(Force.to(FORCED_OPEN))).isInstanceOf(IllegalStateException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void leaveALaterInstanceOnlyTheRestOfAForce() {
        family.force(new Force(FORCED_OPEN, Duration.ofSeconds(10), null, null));
        ticker.advance(Duration.ofSeconds(4));
        assertThat(family.get("later").state()).isEqualTo(FORCED_OPEN);
        ticker.advance(Duration.ofSeconds(6).minusNanos(1));
        assertThat(family.get("later").state()).isEqualTo(FORCED_OPEN);
        ticker.advance(Duration.ofNanos(1));
        assertThat(family.get("later").snapshot().force()).isNull();
        assertThat(family.get("latest").state()).isEqualTo(CLOSED);
    }

    @Test
    void leaveALaterInstanceOnlyTheRestOfAnOverride() {
        family.override(new BreakerOverride(GuardMode.SHADOW, 30, Duration.ofSeconds(10)));
        ticker.advance(Duration.ofSeconds(9));
        assertThat(family.get("later").config().enforcement()).isEqualTo(new Enforcement(GuardMode.SHADOW, 30));
        ticker.advance(Duration.ofSeconds(1));
        assertThat(family.get("later").config().enforcement()).isEqualTo(Enforcement.FULL);
        assertThat(family.get("latest").config().enforcement()).isEqualTo(Enforcement.FULL);
    }

    @Test
    void addOneOverrideToAnother() {
        family.override(new BreakerOverride(GuardMode.SHADOW, null, null));
        family.override(new BreakerOverride(null, 30, null));
        assertThat(family.get("later").config().enforcement()).isEqualTo(new Enforcement(GuardMode.SHADOW, 30));
        assertThat(family.clearOverride()).isTrue();
        assertThat(family.clearOverride()).isFalse();
        assertThat(family.get("latest").config().enforcement()).isEqualTo(Enforcement.FULL);
    }

    @Test
    void forgetAForceWhenAnOverrideSwitchesTheNameOff() {
        family.force(Force.to(FORCED_OPEN));
        family.override(OFF);
        family.clearOverride();
        assertThat(family.plain().snapshot().force()).isNull();
        assertThat(family.get("later").state()).isEqualTo(CLOSED);
    }

    @Test
    void forgetAForceWhenTheConfigurationSwitchesTheNameOff() {
        family.force(Force.to(FORCED_OPEN));
        breakers.configure(name -> BreakerConfig.DEFAULTS.withEnforcement(new Enforcement(GuardMode.OFF, 100)));
        breakers.configure(name -> BreakerConfig.DEFAULTS);
        assertThat(family.plain().snapshot().force()).isNull();
        assertThat(family.get("later").state()).isEqualTo(CLOSED);
    }

    @Test
    void forceNoneWhereOneIsOff() {
        family.get("off").override(OFF);
        assertThatThrownBy(() -> family.force(Force.to(FORCED_OPEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Breaker 'payments[off]' is off and cannot be forced; set its mode to enforce or shadow first");
        assertThat(family.plain().state()).isEqualTo(CLOSED);
        assertThat(family.get("later").state()).isEqualTo(CLOSED);
    }

    /** Each reading of this clock is a nanosecond later, so that for one of the durations the expiry falls between two of them. */
    @ParameterizedTest
    @ValueSource(longs = {100, 101, 102, 103, 104, 105, 106, 107})
    void mayExpireWhileAnInstanceIsMade(long nanos) {
        AtomicLong readings = new AtomicLong();
        BreakerFamily hurried = breakers(new Ticker() {
                    @Override
                    public long nanos() {
                        return readings.incrementAndGet();
                    }

                    @Override
                    public Instant instant() {
                        return Instant.EPOCH;
                    }
                })
                .family(Name.of("payments"));
        hurried.override(new BreakerOverride(GuardMode.SHADOW, null, Duration.ofNanos(nanos)));
        hurried.force(new Force(FORCED_OPEN, Duration.ofNanos(nanos), null, null));
        for (int i = 0; i < 150; i++) {
            assertThat(hurried.get("key-" + i)).isNotNull();
        }
        assertThat(hurried.get("last").state()).isEqualTo(CLOSED);
    }

    @Test
    void overrideEveryBulkheadAndLaterOnes() {
        bulkheadFamily.get("early");
        bulkheadFamily.override(new BulkheadOverride(null, null, 3, 5, null));
        bulkheadFamily.override(new BulkheadOverride(null, null, null, 6, null));
        bulkheadFamily.get("later");
        assertThat(bulkheadFamily.all())
                .hasSize(3)
                .allSatisfy(bulkhead -> assertThat(bulkhead.config())
                        .isEqualTo(BulkheadConfig.DEFAULTS.withMaxConcurrent(3).withQueue(6, null)));
        assertThat(bulkheadFamily.clearOverride()).isTrue();
        assertThat(bulkheadFamily.clearOverride()).isFalse();
        assertThat(bulkheadFamily.get("latest").config()).isEqualTo(BulkheadConfig.DEFAULTS);
    }

    @Test
    void changeNoBulkheadWhereAnOverrideDoesNotFit() {
        bulkheadFamily.get("early");
        assertThatThrownBy(
                        () -> bulkheadFamily.override(new BulkheadOverride(null, null, 1, null, Duration.ofMillis(5))))
                .isInstanceOf(InvalidSettingException.class);
        assertThat(bulkheadFamily.all())
                .allSatisfy(bulkhead -> assertThat(bulkhead.config()).isEqualTo(BulkheadConfig.DEFAULTS));
        assertThat(bulkheadFamily.get("later").config()).isEqualTo(BulkheadConfig.DEFAULTS);
    }

    @Test
    void refuseAConfigurationThatWouldNotFitLaterBulkheads() {
        bulkheads.configure(name -> BulkheadConfig.DEFAULTS.withQueue(5, null));
        bulkheadFamily.override(new BulkheadOverride(null, null, null, null, Duration.ofMillis(5)));
        bulkheadFamily.plain().clearOverride();
        assertThatThrownBy(() -> bulkheads.configure(name -> BulkheadConfig.DEFAULTS))
                .isInstanceOf(InvalidSettingException.class);
        assertThat(bulkheadFamily.get("later").config().maxWait()).hasMillis(5);
    }
}
