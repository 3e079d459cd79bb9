package dev.resilience.oracle;

import dev.resilience.Outcome;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerState;
import org.jspecify.annotations.Nullable;

/** What happens in one step of a history. */
sealed interface Action {

    /** Takes the step on the product and on the model. */
    void take(BreakerRun run);

    /** Time passes. */
    record Pass(long nanos) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.pass(nanos);
        }

        @Override
        public String toString() {
            return "pass " + nanos + " ns";
        }
    }

    /** Time passes until one of the moments that the model knows to change something, or a nanosecond around it. */
    record PassUntil(int limit, int offset) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.passUntil(limit, offset);
        }

        @Override
        public String toString() {
            return "pass until limit " + limit + " " + offset + " ns";
        }
    }

    /** A call asks for a permit, before its caller's deadline or after it. */
    record Ask(boolean late) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.ask(late);
        }

        @Override
        public String toString() {
            return late ? "ask too late" : "ask";
        }
    }

    /** One of the calls under way ends. */
    record End(int call, Outcome outcome, Length length) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.end(call, outcome, length);
        }

        @Override
        public String toString() {
            return "end " + call + " " + outcome + " " + length;
        }
    }

    /** A call is made and ends after so long, with nothing in between. */
    record Call(Outcome outcome, long nanos) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.call(outcome, nanos);
        }

        @Override
        public String toString() {
            return "call " + outcome + " " + nanos + " ns";
        }
    }

    /** One of the calls under way finds the guard's bulkhead full. */
    record Refuse(int call) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.refuse(call);
        }

        @Override
        public String toString() {
            return "refuse " + call;
        }
    }

    /** One of the permits is given back unused. */
    record GiveBack(int call) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.giveBack(call);
        }

        @Override
        public String toString() {
            return "give back " + call;
        }
    }

    /** Somebody asks whether a permit is still good. */
    record IsCurrent(int call) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.isCurrent(call);
        }

        @Override
        public String toString() {
            return "is current " + call;
        }
    }

    /** An operator forces a state. */
    record Hold(BreakerState state, @Nullable Long nanos) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.hold(state, nanos);
        }

        @Override
        public String toString() {
            return state + (nanos == null ? "" : " for " + nanos + " ns");
        }
    }

    /** An operator releases a force. */
    record Release() implements Action {
        @Override
        public void take(BreakerRun run) {
            run.release();
        }

        @Override
        public String toString() {
            return "release";
        }
    }

    /** An operator resets the breaker. */
    record Reset() implements Action {
        @Override
        public void take(BreakerRun run) {
            run.reset();
        }

        @Override
        public String toString() {
            return "reset";
        }
    }

    /** Some of the configuration changes. */
    record Configure(Part part, BreakerConfig source) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.configure(part, source);
        }

        @Override
        public String toString() {
            return "configure " + part.shown(source);
        }
    }

    /** An operator lays something over the configuration. */
    record LayOver(BreakerOverride order) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.override(order);
        }

        @Override
        public String toString() {
            return order.toString();
        }
    }

    /** An operator takes away what lies over the configuration. */
    record ClearOverride() implements Action {
        @Override
        public void take(BreakerRun run) {
            run.clearOverride();
        }

        @Override
        public String toString() {
            return "clear override";
        }
    }
}
