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
    }

    /** Time passes until one of the moments that the model knows to change something, or a nanosecond around it. */
    record PassUntil(int limit, int offset) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.passUntil(limit, offset);
        }
    }

    /** A call asks for a permit, before its caller's deadline or after it. */
    record Ask(boolean late) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.ask(late);
        }
    }

    /** One of the calls under way ends. */
    record End(int call, Outcome outcome, Length length) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.end(call, outcome, length);
        }
    }

    /** A call is made and ends after so long, with nothing in between. */
    record Call(Outcome outcome, long nanos) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.call(outcome, nanos);
        }
    }

    /** One of the calls under way finds the guard's bulkhead full. */
    record Refuse(int call) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.refuse(call);
        }
    }

    /** One of the permits is given back unused. */
    record GiveBack(int call) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.giveBack(call);
        }
    }

    /** Somebody asks whether a permit is still good. */
    record IsCurrent(int call) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.isCurrent(call);
        }
    }

    /** An operator forces a state. */
    record Hold(BreakerState state, @Nullable Long nanos) implements Action {
        @Override
        public void take(BreakerRun run) {
            run.hold(state, nanos);
        }
    }

    /** An operator releases a force. */
    record Release() implements Action {
        @Override
        public void take(BreakerRun run) {
            run.release();
        }
    }

    /** An operator resets the breaker. */
    record Reset() implements Action {
        @Override
        public void take(BreakerRun run) {
            run.reset();
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
    }

    /** An operator takes away what lies over the configuration. */
    record ClearOverride() implements Action {
        @Override
        public void take(BreakerRun run) {
            run.clearOverride();
        }
    }
}
