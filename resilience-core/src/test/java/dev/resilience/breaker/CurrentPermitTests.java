package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.GuardMode;
import org.junit.jupiter.api.Test;

/** A call that waited goes on with its permit as long as that would be granted again. */
class CurrentPermitTests {

    private static final BreakerOverride OFF = new BreakerOverride(GuardMode.OFF, null, null);
    private static final BreakerOverride SHADOW = new BreakerOverride(GuardMode.SHADOW, null, null);

    private final BreakerFixture fixture = new BreakerFixture();
    private final CircuitBreaker breaker = fixture.breaker;

    @Test
    void isCurrentWhileTheBreakerIsClosed() {
        assertThat(breaker.isCurrent(breaker.acquire())).isTrue();
    }

    @Test
    void isNotCurrentOnceTheBreakerIsOff() {
        BreakerPermit permit = breaker.acquire();

        breaker.override(OFF);

        assertThat(breaker.isCurrent(permit)).isFalse();
    }

    @Test
    void isCurrentWhileTheBreakerStaysOff() {
        breaker.override(OFF);

        assertThat(breaker.isCurrent(breaker.acquire())).isTrue();
    }

    @Test
    void isNotCurrentOnceTheBreakerIsOnAgain() {
        breaker.override(OFF);
        BreakerPermit permit = breaker.acquire();

        breaker.clearOverride();

        assertThat(breaker.isCurrent(permit)).isFalse();
    }

    @Test
    void isCurrentForACallThatShadowLetThrough() {
        breaker.override(SHADOW);
        fixture.open();

        assertThat(breaker.isCurrent(breaker.acquire())).isTrue();
    }

    @Test
    void isNotCurrentForACallThatShadowLetThroughOnceTheBreakerIsForcedOpen() {
        breaker.override(SHADOW);
        fixture.open();
        BreakerPermit letThrough = breaker.acquire();

        breaker.force(Force.to(BreakerState.FORCED_OPEN));

        assertThat(breaker.isCurrent(letThrough)).isFalse();
    }

    @Test
    void isNotCurrentForACallThatShadowLetThroughOnceTheBreakerIsOff() {
        breaker.override(SHADOW);
        fixture.open();
        BreakerPermit letThrough = breaker.acquire();

        breaker.override(OFF);

        assertThat(breaker.isCurrent(letThrough)).isFalse();
    }

    @Test
    void isNotCurrentForACallOfBeforeInAHalfOpenBreaker() {
        BreakerPermit before = breaker.acquire();
        fixture.open();
        fixture.advanceSeconds(10);
        breaker.acquire();

        assertThat(breaker.isCurrent(before)).isFalse();
    }

    @Test
    void isCurrentForAProbeUnderWay() {
        fixture.open();
        fixture.advanceSeconds(10);

        assertThat(breaker.isCurrent(breaker.acquire())).isTrue();
    }
}
