package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnnouncementsTests {

    private final List<Transition> heard = new ArrayList<>();
    private final Announcements announcements = new Announcements(heard::add);
    private final BreakerFixture fixture = new BreakerFixture();

    private Transition opening() {
        fixture.open();
        return fixture.heard.get(0);
    }

    @Test
    void areMadeOnce() {
        announcements.add(opening());

        announcements.deliver();
        announcements.deliver();

        assertThat(heard).containsExactly(fixture.heard.get(0));
    }

    @Test
    void askNobodyToTellWhatIsTold() {
        announcements.add(opening());
        announcements.deliver();

        announcements.deliverBy(task -> {
            throw new AssertionError("asked");
        });

        assertThat(heard).hasSize(1);
    }

    @Test
    void askNobodyToTellNothing() {
        announcements.deliverBy(task -> {
            throw new AssertionError("asked");
        });

        assertThat(heard).isEmpty();
    }

    @Test
    void leaveTheTellingToOthersWhereTheyTakeIt() {
        List<Runnable> tasks = new ArrayList<>();
        announcements.add(opening());

        announcements.deliverBy(tasks::add);

        assertThat(heard).isEmpty();
        tasks.forEach(Runnable::run);
        assertThat(heard).hasSize(1);
    }

    @Test
    void wakeTheWaitingWithEachOpeningAndNothingElse() {
        AtomicInteger woken = new AtomicInteger();
        fixture.breaker.wakeOnOpening(woken::incrementAndGet);
        fixture.breaker.force(Force.to(BreakerState.FORCED_CLOSED));
        fixture.breaker.reset();
        assertThat(woken).hasValue(0);

        fixture.open();
        fixture.breaker.force(Force.to(BreakerState.FORCED_OPEN));

        assertThat(woken).hasValue(2);
    }
}
