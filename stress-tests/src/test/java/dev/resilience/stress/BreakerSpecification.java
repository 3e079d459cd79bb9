package dev.resilience.stress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@link BreakerOperations} have to do, one after the other: section 3 of the contract while no time passes. */
public class BreakerSpecification {

    static final int WINDOW = 3;
    static final int MINIMUM_CALLS = 2;
    static final int PROBES = 2;

    /** A call that was permitted in a generation, and, if the breaker was half-open, is one of its probes. */
    private record Call(long generation, Object identity) {}

    private final List<Deque<Call>> calls = Stream.generate(ArrayDeque<Call>::new)
            .limit(8)
            .<Deque<Call>>map(each -> each)
            .toList();
    private final List<Call> probes = new ArrayList<>();
    private final Deque<Boolean> failed = new ArrayDeque<>();
    private String state = "CLOSED";
    private long generation;
    private int atOnce;
    private int ended;
    private int failures;
    private int out;
    private int refused;

    public boolean ask(int thread) {
        if (!isPermitted()) {
            refused++;
            return false;
        }
        Call call = new Call(generation, new Object());
        if (state.equals("HALF_OPEN")) {
            probes.add(call);
        }
        out++;
        return calls.get(thread).add(call);
    }

    private boolean isPermitted() {
        return switch (state) {
            case "CLOSED", "FORCED_CLOSED" -> true;
            case "HALF_OPEN" -> probes.size() < atOnce && probes.size() + failed.size() < PROBES;
            default -> false;
        };
    }

    public void succeed(int thread) {
        end(calls.get(thread).poll(), false);
    }

    public void fail(int thread) {
        end(calls.get(thread).poll(), true);
    }

    private void end(@Nullable Call call, boolean failure) {
        if (call == null) {
            return;
        }
        out--;
        ended++;
        failures += failure ? 1 : 0;
        if (call.generation() == generation) {
            probes.remove(call);
            failed.addLast(failure);
            judge(failure);
        }
    }

    private void judge(boolean lastFailed) {
        if (state.equals("HALF_OPEN")) {
            atOnce = lastFailed ? atOnce : 2 * atOnce;
            if (2 * bad() >= PROBES) {
                open();
            } else if (failed.size() == PROBES) {
                enter("CLOSED");
            }
            return;
        }
        if (failed.size() > WINDOW) {
            failed.removeFirst();
        }
        if (state.equals("CLOSED") && failed.size() >= MINIMUM_CALLS && 2 * bad() >= failed.size()) {
            open();
        }
    }

    private int bad() {
        return Collections.frequency(failed, true);
    }

    /** What was found stays to be seen while the breaker refuses. */
    private void open() {
        List<Boolean> found = List.copyOf(failed);
        enter("OPEN");
        failed.addAll(found);
    }

    private void enter(String next) {
        state = next;
        generation++;
        atOnce = 1;
        probes.clear();
        failed.clear();
    }

    public void giveBack(int thread) {
        Call call = calls.get(thread).poll();
        if (call != null) {
            out--;
            probes.remove(call);
        }
    }

    public void forceOpen() {
        List<Boolean> found = List.copyOf(failed);
        enter("FORCED_OPEN");
        failed.addAll(found);
    }

    public void forceClosed() {
        enter("FORCED_CLOSED");
    }

    public boolean release() {
        switch (state) {
            case "FORCED_OPEN" -> enter("HALF_OPEN");
            case "FORCED_CLOSED" -> enter("CLOSED");
            default -> {
                return false;
            }
        }
        return true;
    }

    public void reset() {
        enter("CLOSED");
    }

    public String state() {
        return state;
    }

    public String everything() {
        return state + "#" + generation + ", window " + failed.size() + "/" + bad() + ", ended " + ended + "/"
                + failures + ", out " + out + ", refused " + refused;
    }
}
