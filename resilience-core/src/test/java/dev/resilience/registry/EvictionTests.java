package dev.resilience.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.GuardEnvironment;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import dev.resilience.breaker.TripConfig;
import dev.resilience.bulkhead.BulkheadConfig;
import dev.resilience.bulkhead.BulkheadOverride;
import dev.resilience.bulkhead.BulkheadPermit;
import dev.resilience.bulkhead.SemaphoreBulkhead;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which instance makes room for another key. */
class EvictionTests {

    private final ManualTicker ticker = new ManualTicker();
    private final BreakerFamily family = breakers(ticker);
    private final BulkheadFamily bulkheads = new BulkheadRegistry(
                    name -> BulkheadConfig.DEFAULTS.withMaxKeys(2), GuardEnvironment.DEFAULT.withTicker(ticker))
            .family(Name.of("payments"));

    private static BreakerFamily breakers(ManualTicker ticker) {
        BreakerConfig config =
                BreakerConfig.DEFAULTS.withMaxKeys(2).withTrip(TripConfig.DEFAULTS.withConsecutiveFailures(1));
        return new BreakerRegistry(
                        name -> config,
                        BreakerEnvironment.DEFAULT.withGuard(GuardEnvironment.DEFAULT.withTicker(ticker)))
                .family(Name.of("payments"));
    }

    private CircuitBreaker used(String key) {
        return used(family, ticker, key);
    }

    private static CircuitBreaker used(BreakerFamily family, ManualTicker ticker, String key) {
        CircuitBreaker breaker = family.get(key);
        breaker.end(breaker.acquire(), Outcome.SUCCESS, 0, ticker.nanos(), null);
        ticker.advance(Duration.ofSeconds(1));
        return breaker;
    }

    @Test
    void dropsTheLongestIdle() {
        used("a");
        used("b");
        used("a");
        family.get("c");
        assertThat(family.find("b")).isEmpty();
        assertThat(family.find("a")).isPresent();
        assertThat(family.find("c")).isPresent();
    }

    @Test
    void dropsTheLongestIdleAcrossTheOverflowOfTheClock() {
        ManualTicker late =
                new ManualTicker(Long.MAX_VALUE - Duration.ofMillis(1500).toNanos());
        BreakerFamily old = breakers(late);
        used(old, late, "a");
        used(old, late, "b");
        used(old, late, "b");
        assertThat(late.nanos()).isNegative();
        old.get("c");
        assertThat(old.find("a")).isEmpty();
        assertThat(old.find("b")).isPresent();
    }

    @Test
    void neverDropsThePlainInstance() {
        CircuitBreaker plain = family.plain();
        for (int i = 0; i < 10; i++) {
            used("key-" + i);
        }
        assertThat(family.get(null)).isSameAs(plain);
        assertThat(family.all()).hasSize(3).first().isSameAs(plain);
    }

    @Test
    void keepsWhatADroppedInstanceHadCounted() {
        assertThat(family.dropped()).isNull();
        for (int i = 0; i < 10; i++) {
            used("key-" + i);
        }
        assertThat(family.dropped().calls()).containsEntry(Outcome.SUCCESS, 8L);
    }

    @Test
    void countsACallThatFoundItsInstanceJustBeforeThatWasDropped() {
        CircuitBreaker found = used("a");
        used("b");
        used("c");
        assertThat(family.find("a")).isEmpty();
        BreakerPermit permit = found.acquire();
        for (int i = 0; i < 200; i++) {
            used("key-" + i);
        }
        found.end(permit, Outcome.SUCCESS, 0, ticker.nanos(), null);
        assertThat(family.dropped().calls()).containsEntry(Outcome.SUCCESS, 202L);
    }

    @Test
    void countsACallThatFoundItsBulkheadJustBeforeThatWasDropped() {
        SemaphoreBulkhead found = bulkheads.get("a");
        usedBulkhead("a");
        usedBulkhead("b");
        usedBulkhead("c");
        assertThat(bulkheads.find("a")).isEmpty();
        found.release(found.tryAcquire(), 0, ticker.nanos());
        assertThat(bulkheads.dropped().held()).isEqualTo(2);
    }

    @Test
    void doesNotDropOneThatIsInUse() {
        BreakerPermit permit = used("a").acquire();
        used("b");
        family.get("c");
        assertThat(family.find("a")).isPresent();
        assertThat(family.find("b")).isEmpty();
        family.get("a").giveBack(permit);
    }

    @Test
    void doesNotDropOneThatIsOpen() {
        CircuitBreaker open = used("a");
        open.end(open.acquire(), Outcome.FAILURE, 0, ticker.nanos(), null);
        used("b");
        family.get("c");
        assertThat(family.get("a")).isSameAs(open);
    }

    @Test
    void doesNotDropOneThatIsForcedOrOverridden() {
        CircuitBreaker forced = used("a");
        forced.force(Force.to(BreakerState.FORCED_CLOSED));
        CircuitBreaker overridden = used("b");
        overridden.override(new BreakerOverride(null, 50, null));
        assertThat(family.get("c").name()).hasToString("payments[*]");
        assertThat(family.get("a")).isSameAs(forced);
        assertThat(family.get("b")).isSameAs(overridden);
    }

    @Test
    void letsNewKeysShareTheOverflowAsLongAsNoneCanBeDropped() {
        BreakerPermit permit = family.get("a").acquire();
        used("b").force(Force.to(BreakerState.FORCED_OPEN));
        CircuitBreaker rest = family.get("c");
        assertThat(rest.name().key()).isEqualTo("*");
        assertThat(family.get("d")).isSameAs(rest);

        family.get("a").giveBack(permit);
        assertThat(family.get("c").name().key()).isEqualTo("c");
        assertThat(family.find("a")).isEmpty();
        assertThat(family.find("*")).contains(rest);
    }

    @Test
    void obeysANewBound() {
        BreakerRegistry registry = new BreakerRegistry(BreakerConfig.DEFAULTS.withMaxKeys(5));
        for (int i = 0; i < 5; i++) {
            registry.get("payments", "key-" + i);
        }
        registry.configure(name -> BreakerConfig.DEFAULTS.withMaxKeys(2));
        registry.get("payments", "new");
        assertThat(registry.family(Name.of("payments")).all()).hasSize(3);
    }

    @Test
    void dropsTheLongestIdleBulkhead() {
        usedBulkhead("a");
        usedBulkhead("b");
        usedBulkhead("a");
        bulkheads.get("c");
        assertThat(bulkheads.find("b")).isEmpty();
        assertThat(bulkheads.dropped().permitted()).isEqualTo(1);
    }

    private void usedBulkhead(String key) {
        BulkheadPermit permit = bulkheads.get(key).tryAcquire();
        bulkheads.get(key).release(permit, 0, ticker.nanos());
        ticker.advance(Duration.ofSeconds(1));
    }

    @Test
    void doesNotDropABulkheadThatIsInUseOrOverridden() {
        BulkheadPermit permit = bulkheads.get("a").tryAcquire();
        bulkheads.get("b").override(new BulkheadOverride(null, null, 7, null, null));
        assertThat(bulkheads.get("c").name()).hasToString("payments[*]");
        bulkheads.get("a").giveBack(permit);
        assertThat(bulkheads.get("c").name()).hasToString("payments[c]");
        assertThat(bulkheads.find("a")).isEmpty();
    }
}
