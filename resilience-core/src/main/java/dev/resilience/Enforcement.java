package dev.resilience;

import java.util.Objects;
import java.util.function.DoubleSupplier;

/**
 * How serious a guard is, and for which share of its calls: what a gradual rollout turns.
 *
 * @param mode what the guard does with a call that its rules refuse
 * @param rollout percent of calls, 0 to 100, for which {@link GuardMode#ENFORCE} is really enforced; the rest are treated as
 *     {@link GuardMode#SHADOW}
 */
public record Enforcement(GuardMode mode, int rollout) {

    /** Enforced for every call. */
    public static final Enforcement FULL = new Enforcement(GuardMode.ENFORCE, 100);

    /** @throws InvalidSettingException if {@code rollout} is not 0 to 100 */
    public Enforcement {
        Objects.requireNonNull(mode, "mode");
        InvalidSettingException.require(rollout >= 0 && rollout <= 100, "rollout", rollout, "must be 0 to 100 percent");
    }

    /** Returns whether every refusal is a real one, with no call exempted by mode or rollout. */
    public boolean isTotal() {
        return mode == GuardMode.ENFORCE && rollout == 100;
    }

    /** Returns whether the guard is switched off. */
    public boolean isOff() {
        return mode == GuardMode.OFF;
    }

    /**
     * Decides for one refused call whether the refusal is a real one.
     *
     * @param random uniform in [0, 1), drawn only where the rollout is neither 0 nor 100
     */
    public boolean enforces(DoubleSupplier random) {
        return mode == GuardMode.ENFORCE && (rollout == 100 || (rollout > 0 && random.getAsDouble() * 100 < rollout));
    }
}
