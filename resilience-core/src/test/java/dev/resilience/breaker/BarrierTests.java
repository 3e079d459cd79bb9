package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.Enforcement;
import dev.resilience.GuardMode;
import dev.resilience.RejectionReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls that an open breaker refuses without its lock. */
class BarrierTests {

    private final BreakerFixture at = new BreakerFixture();

    private boolean isRefused() {
        try {
            at.breaker.acquire();
            return false;
        } catch (BreakerOpenException refused) {
            return true;
        }
    }

    private long rejected(RejectionReason reason) {
        return at.breaker.snapshot().totals().rejected().get(reason);
    }

    @Test
    void areCounted() {
        at.open();
        assertThat(isRefused()).isTrue();
        assertThat(isRefused()).isTrue();

        assertThat(rejected(RejectionReason.OPEN)).isEqualTo(2);
    }

    @Test
    void areCountedForEver() {
        at.open();
        isRefused();
        at.breaker.reset();
        at.open();
        isRefused();

        assertThat(rejected(RejectionReason.OPEN)).isEqualTo(2);
    }

    @Test
    void areCountedByTheirReason() {
        at.open();
        isRefused();
        at.breaker.force(Force.to(BreakerState.FORCED_OPEN));
        isRefused();

        assertThat(rejected(RejectionReason.OPEN)).isEqualTo(1);
        assertThat(rejected(RejectionReason.FORCED_OPEN)).isEqualTo(1);
    }

    @Test
    void saysWhenTheNextProbeIsDue() {
        at.open();
        at.advanceSeconds(4);

        assertThatThrownBy(at.breaker::acquire).hasMessageContaining("next probe in 6.0 s");
    }

    @Test
    void areNoneOnceAProbeIsDue() {
        at.open();
        at.advanceSeconds(10);

        assertThat(isRefused()).isFalse();
        assertThat(at.breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void areNoneOnceAForceHasExpired() {
        at.breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofSeconds(1), null, null));
        assertThat(isRefused()).isTrue();
        at.advanceSeconds(1);

        assertThat(isRefused()).isFalse();
    }

    @Test
    void areNoneOnceTheModeIsShadow() {
        at.open();
        at.breaker.override(new BreakerOverride(GuardMode.SHADOW, null, null));

        assertThat(isRefused()).isFalse();
        assertThat(at.breaker.snapshot().totals().allShadowRejected()).isEqualTo(1);
    }

    @Test
    void areAgainOnceAnOverrideHasExpired() {
        at.open();
        at.breaker.override(new BreakerOverride(GuardMode.SHADOW, null, Duration.ofSeconds(2)));
        assertThat(isRefused()).isFalse();
        at.advanceSeconds(2);

        assertThat(isRefused()).isTrue();
    }

    @Test
    void areAPartOfThemInARollout() {
        at.breaker.configure(BreakerFixture.HALF_OF_FOUR.withEnforcement(new Enforcement(GuardMode.ENFORCE, 50)));
        at.open();
        at.dice.add(0.4);
        at.dice.add(0.6);

        assertThat(isRefused()).isTrue();
        assertThat(isRefused()).isFalse();
    }

    @Test
    void areAllInShadowWhereAnOperatorHoldsTheBreakerOpen() {
        at.breaker.configure(BreakerFixture.HALF_OF_FOUR.withEnforcement(new Enforcement(GuardMode.SHADOW, 100)));
        at.breaker.force(Force.to(BreakerState.FORCED_OPEN));

        assertThat(isRefused()).isTrue();
    }

    @Test
    void isAUseOfTheBreaker() {
        at.open();
        at.advanceSeconds(5);
        isRefused();
        at.breaker.reset();

        assertThat(at.breaker.idleSince()).isEqualTo(at.ticker.nanos());
    }
}
