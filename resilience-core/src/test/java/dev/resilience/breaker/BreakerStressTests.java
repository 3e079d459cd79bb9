package dev.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Callers;
import dev.resilience.Callers.Caller;
import dev.resilience.Enforcement;
import dev.resilience.GuardEnvironment;
import dev.resilience.GuardMode;
import dev.resilience.ManualTicker;
import dev.resilience.Name;
import dev.resilience.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real threads on a clock that one of them turns, so that the breaker goes through thousands of its states a second. */
class BreakerStressTests {

    private static final long SECONDS = Long.getLong("stress.seconds", 15);
    private static final int THREADS = 4;
    private static final int PROBES = 3;
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final BreakerConfig LIVELY = BreakerConfig.DEFAULTS
            .withWindow(WindowSize.calls(8))
            .withTrip(new TripConfig(4, 60, Duration.ofMillis(5), 60, 70.0, 4))
            .withOpen(new OpenConfig(Duration.ofMillis(2), 2, Duration.ofMillis(8), 20))
            .withHalfOpen(new HalfOpenConfig(PROBES, Duration.ofMillis(20), Duration.ofMillis(3)));

    private final ManualTicker ticker = new ManualTicker();
    private final Map<Long, Transition> heard = new ConcurrentHashMap<>();
    private final AtomicInteger heardTwice = new AtomicInteger();
    private final CircuitBreaker breaker = new CircuitBreaker(
            Name.of("stressed"),
            LIVELY,
            BreakerEnvironment.DEFAULT
                    .withGuard(GuardEnvironment.DEFAULT.withTicker(ticker))
                    .withListener(transition ->
                            heardTwice.addAndGet(heard.put(transition.generation(), transition) == null ? 0 : 1)));
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<Long, AtomicInteger> probesOf = new ConcurrentHashMap<>();
    private final AtomicInteger mostProbes = new AtomicInteger();
    private final LongAdder ended = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder exempt = new LongAdder();

    @Test
    void keepsEveryCountAndEveryBoundWhateverThreadsDo() {
        try (Callers callers = new Callers()) {
            List<Caller> all = new ArrayList<>();
            IntStream.range(0, THREADS).forEach(i -> all.add(callers.start(() -> calls(new Random()))));
            all.add(callers.start(() -> orders(new Random())));
            all.add(callers.start(this::snapshots));
            long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            while (System.nanoTime() < end && all.stream().allMatch(Caller::isUnderWay)) {
                LockSupport.parkNanos(1_000_000);
            }
            over.set(true);
            assertThat(all).allSatisfy(caller -> assertThat(caller.result()).isEqualTo("done"));
        }
        checkTotals();
        checkTransitions();
    }

    private Object calls(Random random) {
        while (!over.get()) {
            ticker.advance(Duration.ofNanos(random.nextInt(200_000)));
            long before = breaker.snapshot().generation();
            try {
                BreakerPermit permit = breaker.acquire();
                boolean isKnownProbe =
                        permit instanceof HalfOpen.Probe && breaker.snapshot().generation() == before;
                exempt.add(permit == BreakerPermit.Exempt.SHADOW ? 1 : 0);
                end(permit, random, isKnownProbe ? probes(before) : new AtomicInteger());
            } catch (BreakerOpenException refused) {
                rejected.increment();
                Thread.onSpinWait();
            }
        }
        return "done";
    }

    /** The permits of one generation that are out, or came back with an outcome that counts; held until others want one too. */
    private AtomicInteger probes(long generation) {
        AtomicInteger probes = probesOf.computeIfAbsent(generation, none -> new AtomicInteger());
        mostProbes.accumulateAndGet(probes.incrementAndGet(), Math::max);
        LockSupport.parkNanos(20_000);
        return probes;
    }

    private void end(BreakerPermit permit, Random random, AtomicInteger probes) {
        int die = random.nextInt(20);
        Outcome outcome = die < 10 ? Outcome.SUCCESS : OUTCOMES[die % OUTCOMES.length];
        long duration = random.nextInt(6_000_000);
        if (die == 18 || die == 19 || outcome == Outcome.IGNORED || outcome == Outcome.CANCELLED) {
            probes.decrementAndGet();
        }
        if (die == 18) {
            breaker.giveBack(permit);
        } else if (die == 19) {
            breaker.refuse(permit);
        } else {
            long now = ticker.nanos();
            breaker.end(permit, outcome, now - duration, now, breaker);
            ended.increment();
        }
    }

    private Object orders(Random random) {
        while (!over.get()) {
            LockSupport.parkNanos(random.nextInt(100_000));
            switch (random.nextInt(40)) {
                case 0 -> breaker.force(Force.to(BreakerState.FORCED_OPEN));
                case 1 -> breaker.force(Force.to(BreakerState.FORCED_CLOSED));
                case 2 -> breaker.force(new Force(BreakerState.FORCED_OPEN, Duration.ofMillis(1), "chaos", null));
                case 3 -> breaker.force(new Force(BreakerState.FORCED_CLOSED, Duration.ofMillis(1), "chaos", null));
                case 4, 5, 6 -> breaker.release();
                case 7 -> breaker.reset();
                case 8 -> breaker.configure(LIVELY.withWindow(WindowSize.time(Duration.ofMillis(10))));
                case 9 -> breaker.configure(LIVELY);
                case 10 -> breaker.override(new BreakerOverride(GuardMode.SHADOW, null, Duration.ofMillis(1)));
                case 11 -> breaker.override(new BreakerOverride(null, 50, null));
                case 12 -> breaker.clearOverride();
                case 13 -> breaker.configure(LIVELY.withEnforcement(new Enforcement(GuardMode.ENFORCE, 70)));
                default -> ticker.advance(Duration.ofMillis(random.nextInt(8)));
            }
        }
        return "done";
    }

    private Object snapshots() {
        BreakerSnapshot before = breaker.snapshot();
        while (!over.get()) {
            Thread.onSpinWait();
            BreakerSnapshot after = breaker.snapshot();
            assertThat(after.generation()).isGreaterThanOrEqualTo(before.generation());
            if (after.generation() == before.generation()) {
                assertThat(after.state()).isEqualTo(before.state());
            }
            if (after.state() == BreakerState.HALF_OPEN) {
                assertThat(after.window().calls()).isLessThanOrEqualTo(PROBES);
            }
            assertChained(after.transitions(), after);
            before = after;
        }
        return "done";
    }

    private static void assertChained(List<Transition> transitions, BreakerSnapshot snapshot) {
        for (int i = 1; i < transitions.size(); i++) {
            assertThat(transitions.get(i).generation())
                    .isEqualTo(transitions.get(i - 1).generation() + 1);
            assertThat(transitions.get(i).from())
                    .isEqualTo(transitions.get(i - 1).to());
        }
        if (!transitions.isEmpty()) {
            Transition last = transitions.get(transitions.size() - 1);
            assertThat(last.generation()).isEqualTo(snapshot.generation());
            assertThat(last.to()).isEqualTo(snapshot.state());
        }
    }

    private void checkTotals() {
        BreakerTotals totals = breaker.snapshot().totals();
        assertThat(breaker.snapshot().concurrent()).as("permits out").isZero();
        assertThat(totals.calls().values().stream().reduce(0L, Long::sum)).isEqualTo(ended.sum());
        assertThat(totals.allRejected()).isEqualTo(rejected.sum());
        assertThat(totals.allShadowRejected()).isEqualTo(exempt.sum());
        assertThat(mostProbes).as("probes of one generation").hasValueBetween(PROBES, PROBES);
    }

    private void checkTransitions() {
        long generations = breaker.snapshot().generation();
        System.out.println(ended.sum() + " calls and " + rejected.sum() + " rejections in " + generations
                + " generations of a breaker, " + probesOf.size() + " of them probing");
        assertThat(generations).isGreaterThan(100);
        assertThat(heardTwice).hasValue(0);
        assertThat(heard).hasSize((int) generations);
        for (long generation = 2; generation <= generations; generation++) {
            assertThat(heard.get(generation).from())
                    .isEqualTo(heard.get(generation - 1).to());
        }
        Map<BreakerState, Long> entries = breaker.snapshot().totals().transitions();
        assertThat(entries.values().stream().reduce(0L, Long::sum)).isEqualTo(generations);
        assertThat(entries.values())
                .as("every state was entered")
                .allSatisfy(count -> assertThat(count).isPositive());
    }
}
