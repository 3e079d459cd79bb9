package dev.resilience.oracle;

/**
 * One step of a history.
 *
 * @param die what chance says while it is taken, uniform in [0, 1)
 * @param compared whether all of the product is compared with the model after it: that is a look, which may hide that the step itself
 *     was none
 */
record Step(Action action, double die, boolean compared) {

    @Override
    public String toString() {
        return action + (die == 0.5 ? "" : " (die " + die + ")") + (compared ? "" : " (unseen)");
    }
}
