package dev.resilience.stress;

/** What {@link SuccessOperations} have to do, one after the other. */
public class SuccessSpecification {

    private int successes = 1;

    public void succeed() {
        successes++;
    }

    public String counts() {
        return "window " + successes + "/0, ended " + successes + "/0";
    }
}
