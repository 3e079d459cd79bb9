package dev.resilience.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Criticality;
import dev.resilience.DeadlineExceededException;
import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOpenException;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadFullException;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import dev.resilience.spring.ManualTicker;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardMetersTests {

    private static final BreakerConfig TWO_CALLS = BreakerConfig.DEFAULTS
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(2).withFailureRate(100))
            .withMaxKeys(2);

    private static final BulkheadConfig SHARED =
            BulkheadConfig.DEFAULTS.withMaxConcurrent(10).withShares(Map.of("customer", 60, "none", 10));

    private final ManualTicker ticker = new ManualTicker();
    private final GuardEnvironment environment = GuardEnvironment.DEFAULT.withTicker(ticker);
    private final BreakerRegistry breakers =
            new BreakerRegistry(name -> TWO_CALLS, BreakerEnvironment.DEFAULT.withGuard(environment));
    private final BulkheadRegistry bulkheads = new BulkheadRegistry(
            name -> BulkheadConfig.DEFAULTS.withMaxConcurrent(1).withMaxKeys(1), environment);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void countsAndTimesCallsByOutcome() throws Exception {
        bind(false);
        succeed(breakers.get("payments"), Duration.ofMillis(1500));
        fail(breakers.get("payments"));
        assertThat(timers("success").functionTimer().count()).isEqualTo(1);
        assertThat(timers("success").functionTimer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(1500);
        assertThat(timers("failure").functionTimer().count()).isEqualTo(1);
        assertThat(timers("timeout").functionTimer().count()).isZero();
    }

    @Test
    void showsTheStateAsOneOfSix() {
        bind(false);
        breakers.get("payments").force(Force.to(BreakerState.FORCED_OPEN));
        assertThat(value("resilience.breaker.state", "state", "forced_open")).isEqualTo(1);
        assertThat(value("resilience.breaker.state", "state", "closed")).isZero();
    }

    @Test
    void countsTransitionsByTheStateEntered() {
        bind(false);
        breakers.get("payments").force(Force.to(BreakerState.FORCED_OPEN));
        breakers.get("payments").release();
        assertThat(value("resilience.breaker.transitions", "to", "forced_open")).isEqualTo(1);
        assertThat(value("resilience.breaker.transitions", "to", "half_open")).isEqualTo(1);
    }

    @Test
    void countsRejectionsByReason() {
        bind(false);
        breakers.get("payments").force(Force.to(BreakerState.FORCED_OPEN));
        assertThatThrownBy(() -> breakers.get("payments").call(() -> "paid")).isInstanceOf(BreakerOpenException.class);
        assertThat(value("resilience.breaker.rejected", "reason", "forced_open", "enforced", "true"))
                .isEqualTo(1);
        assertThat(value("resilience.breaker.rejected", "reason", "open", "enforced", "true"))
                .isZero();
    }

    @Test
    void countsCallsThatCameTooLate() {
        bind(false);
        assertThatThrownBy(() -> breakers.get("payments").acquireTooLate())
                .isInstanceOf(DeadlineExceededException.class);
        assertThat(value("resilience.breaker.rejected", "reason", "deadline", "enforced", "true"))
                .isEqualTo(1);
    }

    @Test
    void countsRejectionsThatWereNotEnforcedApart() throws Exception {
        bind(false);
        CircuitBreaker shadow = breakers.get("payments");
        shadow.configure(TWO_CALLS.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        fail(shadow);
        fail(shadow);
        succeed(shadow, Duration.ZERO);
        assertThat(value("resilience.breaker.rejected", "reason", "open", "enforced", "false"))
                .isEqualTo(1);
        assertThat(value("resilience.breaker.rejected", "reason", "open", "enforced", "true"))
                .isZero();
    }

    @Test
    void knowsNoRateUnderMinimumCalls() throws Exception {
        bind(false);
        fail(breakers.get("payments"));
        assertThat(value("resilience.breaker.failure.rate")).isNaN();
        assertThat(value("resilience.breaker.slow.rate")).isNaN();
        assertThat(value("resilience.breaker.saturation.rate")).isNaN();
    }

    @Test
    void showsRatesInPercent() throws Exception {
        bind(false);
        fail(breakers.get("payments"));
        succeed(breakers.get("payments"), Duration.ZERO);
        assertThat(value("resilience.breaker.failure.rate")).isEqualTo(50);
        assertThat(value("resilience.breaker.slow.rate")).isZero();
    }

    @Test
    void showsABulkheadUnderWay() throws Exception {
        bind(false);
        bulkheads.get("payments").call(() -> {
            assertThat(value("resilience.bulkhead.concurrent")).isEqualTo(1);
            assertThat(value("resilience.bulkhead.limit")).isEqualTo(1);
            assertThat(value("resilience.bulkhead.queue.depth")).isZero();
            ticker.advance(Duration.ofSeconds(2));
            return "paid";
        });
        assertThat(value("resilience.bulkhead.concurrent")).isZero();
        assertThat(registry.get("resilience.bulkhead.held").functionTimer().count())
                .isEqualTo(1);
        assertThat(registry.get("resilience.bulkhead.held").functionTimer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void countsWhatAFullBulkheadRefuses() throws Exception {
        bind(false);
        bulkheads.get("payments").call(() -> {
            assertThatThrownBy(() -> bulkheads.get("payments").call(() -> "paid"))
                    .isInstanceOf(BulkheadFullException.class);
            return "paid";
        });
        assertThat(value("resilience.bulkhead.rejected", "reason", "full", "enforced", "true"))
                .isEqualTo(1);
        assertThat(value("resilience.bulkhead.rejected", "reason", "wait_timeout", "enforced", "true"))
                .isZero();
    }

    @Test
    void sumsTheKeysOfANameApartFromItsPlainInstance() throws Exception {
        bind(false);
        succeed(breakers.get("payments"), Duration.ZERO);
        succeed(breakers.get("payments", "eu-1"), Duration.ZERO);
        succeed(breakers.get("payments", "us-1"), Duration.ZERO);
        assertThat(calls("none")).isEqualTo(1);
        assertThat(calls("*")).isEqualTo(2);
        assertThat(tagValues("key")).containsExactlyInAnyOrder("none", "*");
    }

    @Test
    void countsTheKeysInEachState() {
        bind(false);
        breakers.get("payments", "eu-1");
        breakers.get("payments", "us-1").force(Force.to(BreakerState.FORCED_OPEN));
        assertThat(value("resilience.breaker.state", "state", "closed", "key", "*"))
                .isEqualTo(1);
        assertThat(value("resilience.breaker.state", "state", "forced_open", "key", "*"))
                .isEqualTo(1);
    }

    @Test
    void weighsTheRatesOfKeysByTheirCalls() throws Exception {
        bind(false);
        for (int i = 0; i < 3; i++) {
            succeed(breakers.get("payments", "eu-1"), Duration.ZERO);
        }
        fail(breakers.get("payments", "eu-1"));
        fail(breakers.get("payments", "us-1"));
        fail(breakers.get("payments", "us-1"));
        assertThat(value("resilience.breaker.failure.rate", "key", "*")).isEqualTo(50);
    }

    @Test
    void leavesKeysUnderMinimumCallsOutOfTheRate() throws Exception {
        bind(false);
        succeed(breakers.get("payments", "eu-1"), Duration.ZERO);
        succeed(breakers.get("payments", "eu-1"), Duration.ZERO);
        fail(breakers.get("payments", "us-1"));
        assertThat(value("resilience.breaker.failure.rate", "key", "*")).isZero();
    }

    @Test
    void keepsTheCountsOfADroppedKeyInTheSum() throws Exception {
        bind(false);
        succeed(breakers.get("payments", "eu-1"), Duration.ZERO);
        succeed(breakers.get("payments", "eu-2"), Duration.ZERO);
        succeed(breakers.get("payments", "eu-3"), Duration.ZERO);
        assertThat(breakers.family(breakers.get("payments").name()).all()).hasSize(3);
        assertThat(calls("*")).isEqualTo(3);
        assertThat(value("resilience.breaker.state", "state", "closed", "key", "*"))
                .isEqualTo(2);
    }

    @Test
    void keepsTheCountsOfADroppedKeyOfABulkhead() throws Exception {
        bind(false);
        bulkheads.get("payments", "eu-1").call(() -> "paid");
        bulkheads.get("payments", "eu-2").call(() -> "paid");
        assertThat(registry.get("resilience.bulkhead.held")
                        .tag("key", "*")
                        .functionTimer()
                        .count())
                .isEqualTo(2);
        assertThat(value("resilience.bulkhead.limit", "key", "*")).isEqualTo(1);
    }

    @Test
    void givesEachKeyItsOwnSeriesWhereWanted() throws Exception {
        bind(true);
        succeed(breakers.get("payments", "eu-1"), Duration.ZERO);
        assertThat(calls("eu-1")).isEqualTo(1);
        assertThat(tagValues("key")).containsExactlyInAnyOrder("none", "eu-1");
    }

    @Test
    void removesTheSeriesOfADroppedKey() {
        bind(true);
        breakers.get("payments", "eu-1");
        ticker.advance(Duration.ofSeconds(1));
        breakers.get("payments", "eu-2");
        breakers.get("payments", "eu-3");
        assertThat(tagValues("key")).containsExactlyInAnyOrder("none", "eu-2", "eu-3");
    }

    @Test
    void tellsAKeyThatReadsNoneFromNoKey() throws Exception {
        bind(true);
        succeed(breakers.get("payments", "none"), Duration.ZERO);
        assertThat(calls("none")).isZero();
        assertThat(calls("[none]")).isEqualTo(1);
    }

    @Test
    void givesAllMetersOfAKindTheSameTags() {
        bind(true);
        breakers.get("payments", "eu-1");
        bulkheads.get("stock", "eu-1");
        for (Meter meter : registry.getMeters()) {
            assertThat(meter.getId().getTags())
                    .extracting(Tag::getKey)
                    .contains("service", "language", "name", "key")
                    .doesNotHaveDuplicates();
        }
        assertThat(registry.get("resilience.bulkhead.limit")
                        .tag("key", "eu-1")
                        .meter()
                        .getId()
                        .getTags())
                .containsExactlyInAnyOrder(
                        Tag.of("service", "shop"),
                        Tag.of("language", "java"),
                        Tag.of("name", "stock"),
                        Tag.of("key", "eu-1"),
                        Tag.of("criticality", "none"));
    }

    @Test
    void namesAServiceWithoutANameNone() {
        new GuardMeters(breakers, bulkheads, "", false).bindTo(registry);
        breakers.get("payments");
        assertThat(tagValues("service")).containsExactly("none");
    }

    @Test
    void hasTheMetersOfGuardsThatWereThereBefore() throws Exception {
        succeed(breakers.get("payments", "eu-1"), Duration.ZERO);
        bind(false);
        assertThat(calls("*")).isEqualTo(1);
    }

    @Test
    void leavesNoMeterBehind() {
        GuardMeters meters = bind(true);
        breakers.get("payments", "eu-1");
        bulkheads.get("payments");
        registry.counter("orders");
        meters.close();
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsExactly("orders");
    }

    @Test
    void addsNoMeterOnceClosed() {
        bind(false).close();
        breakers.get("payments", "eu-1");
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void leavesNoMeterBehindInThePartsOfAComposite() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(registry);
        GuardMeters meters = new GuardMeters(breakers, bulkheads, "shop", false);
        meters.bindTo(composite);
        breakers.get("payments");
        assertThat(registry.getMeters()).hasSize(32);
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void fillsSeveralRegistries() {
        SimpleMeterRegistry second = new SimpleMeterRegistry();
        GuardMeters meters = bind(false);
        meters.bindTo(second);
        breakers.get("payments");
        assertThat(second.getMeters()).hasSameSizeAs(registry.getMeters()).isNotEmpty();
        meters.close();
        assertThat(second.getMeters()).isEmpty();
    }

    @Test
    void makesTheCallEvenIfTheRegistryRefusesAMeter() throws Exception {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throw new IllegalStateException("no more meters");
            }
        });
        bind(false);
        assertThat(breakers.get("payments", "eu-1").call(() -> "paid")).isEqualTo("paid");
    }

    @Test
    void keepsShowingGuardsThatNobodyElseHolds() throws Exception {
        bind(false);
        succeed(breakers.get("payments"), Duration.ZERO);
        System.gc();
        assertThat(calls("none")).isEqualTo(1);
    }

    @Test
    void hasASeriesForEachCriticalityWithAShare() {
        bulkheads.configure(name -> SHARED);
        bind(false);
        bulkheads.get("payments").tryAcquire(Criticality.of("customer"));
        bulkheads.get("payments").tryAcquire(Criticality.of("customer"));
        bulkheads.get("payments").tryAcquire();
        assertThat(ofClass("concurrent", "customer")).isEqualTo(2);
        assertThat(ofClass("concurrent", "[none]")).isZero();
        assertThat(ofClass("concurrent", "none")).isEqualTo(1);
        assertThat(ofClass("limit", "customer")).isEqualTo(6);
        assertThat(ofClass("limit", "[none]")).isEqualTo(1);
        assertThat(ofClass("limit", "none")).isEqualTo(10);
    }

    @Test
    void countsWhatIsRefusedByCriticality() throws Exception {
        bulkheads.configure(name -> SHARED.withMaxConcurrent(1));
        bind(false);
        bulkheads.get("payments").tryAcquire(Criticality.of("customer"));
        assertThatThrownBy(() -> bulkheads.get("payments").call(() -> "paid"))
                .isInstanceOf(BulkheadFullException.class);
        assertThat(value("resilience.bulkhead.rejected", "criticality", "none", "reason", "full", "enforced", "true"))
                .isEqualTo(1);
        assertThat(value(
                        "resilience.bulkhead.rejected",
                        "criticality",
                        "customer",
                        "reason",
                        "full",
                        "enforced",
                        "true"))
                .isZero();
        assertThat(value(
                        "resilience.bulkhead.rejected",
                        "criticality",
                        "customer",
                        "reason",
                        "deadline",
                        "enforced",
                        "true"))
                .isZero();
    }

    @Test
    void showsSharesThatAppearAtRunTimeAndKeepsTheCountsOfThoseThatGo() {
        bind(false);
        bulkheads.get("payments", "eu-1");
        assertThat(tagValues("criticality")).containsExactly("none");
        bulkheads.configure(name -> SHARED);
        SemaphoreBulkhead bulkhead = bulkheads.get("payments", "eu-1");
        BulkheadPermit permit = bulkhead.tryAcquire(Criticality.of("customer"));
        bulkhead.release(permit, 0, 1);
        assertThat(heldBy("customer")).isEqualTo(1);

        bulkheads.configure(name -> BulkheadConfig.DEFAULTS);
        assertThat(heldBy("customer")).isEqualTo(1);
        assertThat(ofClass("limit", "customer")).isZero();
    }

    @Test
    void removesTheMetersOfSharesWithTheRest() {
        GuardMeters meters = bind(true);
        bulkheads.get("payments");
        bulkheads.configure(name -> SHARED);
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
        bulkheads.configure(name -> SHARED.withShares(Map.of("batch", 10)));
        assertThat(registry.getMeters()).isEmpty();
    }

    private double ofClass(String meter, String criticality) {
        return value("resilience.bulkhead." + meter, "criticality", criticality, "name", "payments");
    }

    private double heldBy(String criticality) {
        return registry.get("resilience.bulkhead.held")
                .tags("criticality", criticality, "key", "*")
                .functionTimer()
                .count();
    }

    private GuardMeters bind(boolean keys) {
        GuardMeters meters = new GuardMeters(breakers, bulkheads, "shop", keys);
        meters.bindTo(registry);
        return meters;
    }

    private RequiredSearch timers(String outcome) {
        return registry.get("resilience.breaker.calls").tags("outcome", outcome, "key", "none");
    }

    private double calls(String key) {
        return registry.get("resilience.breaker.calls")
                .tags("outcome", "success", "key", key)
                .functionTimer()
                .count();
    }

    private double value(String meter, String... tags) {
        return registry.get(meter)
                .tags(tags)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    private Set<String> tagValues(String tag) {
        return Search.in(registry).meters().stream()
                .map(meter -> String.valueOf(meter.getId().getTag(tag)))
                .collect(Collectors.toSet());
    }

    private void succeed(CircuitBreaker breaker, Duration time) throws Exception {
        breaker.call(() -> {
            ticker.advance(time);
            return "paid";
        });
    }

    private static void fail(CircuitBreaker breaker) throws Exception {
        try {
            breaker.call(() -> {
                throw new IllegalStateException("down");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("down");
        }
    }
}
