package dev.resilience.spring.shared;

import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node asks the store to do with a breaker's shared state. */
sealed interface StoreCommand {

    /** Returns the name of the script that does it. */
    String script();

    /** Returns what the script needs to know besides the breaker, in its order. */
    List<Object> arguments();

    /** Returns by whom, to whom and when an operator's word was said; of other commands nothing that matters. */
    default Word word() {
        return Word.NOBODYS;
    }

    /** Returns an operator's word as it was said by somebody, to somebody, at a time; other commands as they are. */
    default StoreCommand with(Word word) {
        return this;
    }

    /** Reads the state, after the changes that are due by time alone, and keeps it from being forgotten. */
    record Tick() implements StoreCommand {

        @Override
        public String script() {
            return "tick";
        }

        @Override
        public List<Object> arguments() {
            return List.of();
        }
    }

    /**
     * Proposes to open the breaker.
     *
     * @param reason at most 64 printable ASCII characters
     * @param need votes that it takes, at least 1
     * @param voteTtl how long a vote counts
     * @param votes whether this node itself votes; otherwise the votes are those that deltas left
     */
    record Open(String reason, int need, Duration voteTtl, boolean votes, Interval interval) implements StoreCommand {

        @Override
        public String script() {
            return "open";
        }

        @Override
        public List<Object> arguments() {
            return interval.after(reason, need, voteTtl.toMillis(), votes ? 1 : 0);
        }
    }

    /** Takes this node's vote back. */
    record Unvote() implements StoreCommand {

        @Override
        public String script() {
            return "unvote";
        }

        @Override
        public List<Object> arguments() {
            return List.of();
        }
    }

    /**
     * Asks for leases, each good for one probe.
     *
     * @param want at least 1
     * @param lease how long a lease is good without a result
     * @param takeover time without a grant after which a node gets more than its share of the round
     */
    record Claim(int want, Duration lease, Round round, Duration takeover) implements StoreCommand {

        @Override
        public String script() {
            return "claim";
        }

        @Override
        public List<Object> arguments() {
            return List.of(
                    want,
                    lease.toMillis(),
                    round.places(),
                    round.failurePerMille(),
                    round.slowPerMille(),
                    round.ramp().toMillis(),
                    takeover.toMillis());
        }
    }

    /**
     * Reports a probe.
     *
     * @param slow whether it took too long; means nothing if it was unused
     * @param interval for the case that this outcome opens the breaker again
     */
    record Result(String lease, Probe outcome, boolean slow, Interval interval) implements StoreCommand {

        @Override
        public String script() {
            return "result";
        }

        @Override
        public List<Object> arguments() {
            return interval.after(lease, outcome.letter, slow ? 1 : 0);
        }
    }

    /**
     * Closes an open breaker whose probes passed while this node was alone.
     *
     * @param ramp length of the recovery, zero for none
     */
    record Close(Duration ramp) implements StoreCommand {

        @Override
        public String script() {
            return "close";
        }

        @Override
        public List<Object> arguments() {
            return List.of(ramp.toMillis());
        }
    }

    /**
     * An operator's force.
     *
     * @param to {@link BreakerState#FORCED_OPEN} or {@link BreakerState#FORCED_CLOSED}
     * @param duration zero for one without an end
     * @param round the rules of the probes after a force that opened it
     */
    record Force(BreakerState to, Duration duration, Round round, Word word) implements StoreCommand {

        @Override
        public String script() {
            return "force";
        }

        @Override
        public List<Object> arguments() {
            return word.after(
                    to,
                    duration.toMillis(),
                    round.places(),
                    round.failurePerMille(),
                    round.slowPerMille(),
                    round.ramp().toMillis());
        }

        @Override
        public Force with(Word other) {
            return new Force(to, duration, round, other);
        }
    }

    /** Ends a force, if there is one. */
    record Release(Word word) implements StoreCommand {

        @Override
        public String script() {
            return "release";
        }

        @Override
        public List<Object> arguments() {
            return word.after();
        }

        @Override
        public Release with(Word other) {
            return new Release(other);
        }
    }

    /** Closes the breaker and forgets how often it opened lately, whatever its state. */
    record Reset(Word word) implements StoreCommand {

        @Override
        public String script() {
            return "reset";
        }

        @Override
        public List<Object> arguments() {
            return word.after();
        }

        @Override
        public Reset with(Word other) {
            return new Reset(other);
        }
    }

    /**
     * By whom an operator's word was said and why, and to whom, when and where.
     *
     * @param by at most 128 bytes are kept of who, and 600 of why
     * @param at an epoch or a time of the store, in milliseconds; 0: now
     * @param node which node was asked; empty: this one
     */
    record Word(Attribution by, Addressee to, long at, String node) {

        static final Word NOBODYS = new Word(Attribution.NONE);

        /** Creates a word that is said now, to what the command is about. */
        Word(Attribution by) {
            this(by, Addressee.ALONE, 0, "");
        }

        /** Returns a word that is said now to all breakers of a name. */
        static Word toAll(Attribution by) {
            return new Word(by, Addressee.ALL, 0, "");
        }

        /** Returns what was said to all of a name as what it comes down to for one breaker. */
        static Word passedOn(Attribution by, long at, String node) {
            return new Word(by, Addressee.PASSED, at, node);
        }

        Word saidAt(long then) {
            return new Word(by, to, then, node);
        }

        private List<Object> after(Object... others) {
            List<Object> arguments = new ArrayList<>(List.of(others));
            arguments.addAll(List.of(written(by.by()), written(by.reason()), to.written, at, node));
            return arguments;
        }

        private static String written(@Nullable String text) {
            return text == null ? "" : Printable.blanked(text);
        }
    }

    /** Whom an operator's word is for. */
    enum Addressee {
        /** What the command is about. */
        ALONE(""),
        /** All breakers of the name that the command is about: it counts even where the name itself is not forced. */
        ALL("all"),
        /** One breaker, to which a word to all of its name is passed on. */
        PASSED("passed");

        private final String written;

        Addressee(String written) {
            this.written = written;
        }
    }

    /** Gives a state back to a store that has lost it; known epoch is that of the state. */
    record Restore(FleetState state) implements StoreCommand {

        @Override
        public String script() {
            return "restore";
        }

        @Override
        public List<Object> arguments() {
            return List.copyOf(state.written());
        }
    }

    /** How a probe ended. */
    enum Probe {
        /** It succeeded, slow or not. */
        SUCCESS("S"),
        /** It failed or took longer than its timeout. */
        FAILURE("F"),
        /** There was none: the lease goes back. */
        UNUSED("U");

        private final String letter;

        Probe(String letter) {
            this.letter = letter;
        }
    }

    /**
     * From what the length of the next OPEN is drawn.
     *
     * @param multiplier 1 to 100, to the power of the openings in a row
     * @param jitterPercent 0 to 100
     * @param draw 0 to 1,000,000, drawn at random by the node, because random numbers of scripts repeat
     */
    record Interval(Duration duration, double multiplier, Duration longest, int jitterPercent, int draw) {

        private List<Object> after(Object... others) {
            List<Object> arguments = new ArrayList<>(List.of(others));
            arguments.add(duration.toMillis());
            arguments.add(Math.round(multiplier * 1000));
            arguments.add(longest.toMillis());
            arguments.add(jitterPercent);
            arguments.add(draw);
            return arguments;
        }
    }

    /**
     * The rules of a round of probes.
     *
     * @param places probes in it, 1 to 10,000
     * @param failurePerMille failures that open it again, 1 to 1000
     * @param slowPerMille slow probes that open it again, 0 for any number
     * @param ramp length of the recovery after a round that passed, zero for none
     */
    record Round(int places, int failurePerMille, int slowPerMille, Duration ramp) {}
}
