package dev.resilience.stress;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerPermit;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.HalfOpenConfig;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;

/** What threads do to a breaker whose clock stands; each ends only calls of its own, the oldest first. */
@Param(name = "thread", gen = ThreadIdGen.class)
public class BreakerOperations {

    private final TestedBreaker tested = new TestedBreaker(TestedBreaker.STEADY
            .withWindow(WindowSize.calls(BreakerSpecification.WINDOW))
            .withTrip(TripConfig.DEFAULTS.withMinimumCalls(BreakerSpecification.MINIMUM_CALLS))
            .withHalfOpen(new HalfOpenConfig(BreakerSpecification.PROBES, TestedBreaker.PROBE_TIMEOUT, Duration.ZERO)));
    private final List<Deque<BreakerPermit>> calls = Stream.generate(ArrayDeque<BreakerPermit>::new)
            .limit(8)
            .<Deque<BreakerPermit>>map(each -> each)
            .toList();

    @Operation
    public boolean ask(@Param(name = "thread") int thread) {
        BreakerPermit permit = tested.ask();
        return permit != null && calls.get(thread).add(permit);
    }

    @Operation
    public void succeed(@Param(name = "thread") int thread) {
        end(calls.get(thread).poll(), Outcome.SUCCESS);
    }

    @Operation
    public void fail(@Param(name = "thread") int thread) {
        end(calls.get(thread).poll(), Outcome.FAILURE);
    }

    private void end(@Nullable BreakerPermit permit, Outcome outcome) {
        if (permit != null) {
            tested.end(permit, outcome);
        }
    }

    @Operation
    public void giveBack(@Param(name = "thread") int thread) {
        BreakerPermit permit = calls.get(thread).poll();
        if (permit != null) {
            tested.breaker().giveBack(permit);
        }
    }

    @Operation
    public void forceOpen() {
        tested.force(BreakerState.FORCED_OPEN);
    }

    @Operation
    public void forceClosed() {
        tested.force(BreakerState.FORCED_CLOSED);
    }

    @Operation
    public boolean release() {
        return tested.breaker().release();
    }

    @Operation
    public void reset() {
        tested.breaker().reset();
    }

    @Operation
    public String state() {
        return tested.breaker().state().name();
    }

    @Operation
    public String everything() {
        return tested.everythingAndRefusals();
    }
}
