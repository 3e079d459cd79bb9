package dev.resilience.spring.actuate;

import dev.resilience.GuardMode;
import dev.resilience.InvalidSettingException;
import dev.resilience.breaker.Attribution;
import dev.resilience.breaker.BreakerOverride;
import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.Force;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of a breaker.
 *
 * @param command null: the state stays as it is
 * @param override what to lay over the configuration; {@link BreakerOverride#NONE}: nothing
 * @param duration how long force and override hold; null: until they are taken away
 * @param staysHere whether a force holds for this process alone, whatever its fleet does
 */
record BreakerOrder(
        @Nullable Command command,
        BreakerOverride override,
        @Nullable Duration duration,
        @Nullable String reason,
        boolean staysHere) {

    static final List<String> FIELDS = List.of("state", "duration", "reason", "scope", "mode", "rollout");

    /** What a request may name as a state. */
    enum Command {
        FORCED_OPEN,
        FORCED_CLOSED,
        AUTO,
        RESET;

        boolean forces() {
            return this == FORCED_OPEN || this == FORCED_CLOSED;
        }
    }

    /** For whom an order holds. */
    enum Scope {
        FLEET,
        NODE
    }

    /**
     * Returns the order that a request gives.
     *
     * @throws Problem if it gives none, or one that cannot be
     */
    static BreakerOrder of(Fields fields) {
        Command command = fields.constant("state", Command.class);
        GuardMode mode = fields.constant("mode", GuardMode.class);
        Integer rollout = fields.number("rollout");
        Duration duration = fields.duration("duration");
        String reason = fields.remark("reason");
        Scope scope = fields.constant("scope", Scope.class);
        if (command == null && mode == null && rollout == null) {
            throw Problem.invalid("state", "There is nothing to change", "state, mode or rollout must be given");
        }
        boolean overrides = mode != null || rollout != null;
        if (duration != null && !overrides && (command == null || !command.forces())) {
            throw Problem.invalid(
                    "duration",
                    "There is nothing that a duration would end",
                    "only with the state FORCED_OPEN or FORCED_CLOSED, with mode or with rollout");
        }
        if (scope == Scope.NODE && (command == null || !command.forces())) {
            throw Problem.invalid(
                    "scope",
                    "Only a force can be for one process alone",
                    "NODE with the state FORCED_OPEN or FORCED_CLOSED; AUTO ends such a force");
        }
        BreakerOverride override = overrides ? new BreakerOverride(mode, rollout, duration) : BreakerOverride.NONE;
        return new BreakerOrder(command, override, checked(duration), reason, scope == Scope.NODE);
    }

    private static @Nullable Duration checked(@Nullable Duration duration) {
        if (duration != null) {
            InvalidSettingException.requirePositive(duration, "duration");
        }
        return duration;
    }

    /** Returns whether it takes away what was laid over the configuration before. */
    boolean clears() {
        return command == Command.AUTO || command == Command.RESET;
    }

    /**
     * Checks what depends on the breakers, before anything is done.
     *
     * @throws Problem if one of them is off and was to be forced
     */
    void check(List<CircuitBreaker> breakers) {
        if (command == null || !command.forces()) {
            return;
        }
        for (CircuitBreaker breaker : breakers) {
            GuardMode own = breaker.config().enforcement().mode();
            if ((override.mode() == null ? own : override.mode()) == GuardMode.OFF) {
                throw Problem.conflict(
                        "state",
                        "Breaker '" + breaker.name() + "' is off and cannot be forced",
                        "a mode of ENFORCE or SHADOW must be set first, or in the same request");
            }
        }
    }

    /** Does what it says. Returns whether that changed anything. */
    boolean carryOut(BreakerControls controls, String by) {
        boolean changed = clears() && clear(controls, new Attribution(by, reason));
        if (!override.equals(BreakerOverride.NONE)) {
            controls.override().accept(override);
            changed = true;
        }
        if (command != null && command.forces()) {
            controls.force().accept(new Force(BreakerState.valueOf(command.name()), duration, by, reason));
            changed = true;
        }
        return changed;
    }

    private boolean clear(BreakerControls controls, Attribution by) {
        // first, as what a breaker that only watches is ordered concerns no other process
        boolean changed = controls.clearOverride().getAsBoolean();
        if (command == Command.RESET) {
            controls.reset().accept(by);
            return true;
        }
        return controls.release().test(by) || changed;
    }
}
