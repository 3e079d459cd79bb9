package dev.resilience.stress;

/** What {@link BulkheadOperations} have to do, one after the other. */
public class BulkheadSpecification {

    private final int[] held = new int[8];
    private int limit = 2;
    private int inside;

    public boolean take(int thread) {
        if (inside >= limit) {
            return false;
        }
        inside++;
        held[thread]++;
        return true;
    }

    public boolean giveBack(int thread) {
        if (held[thread] == 0) {
            return false;
        }
        inside--;
        held[thread]--;
        return true;
    }

    public void resize(int newLimit) {
        limit = newLimit;
    }

    public int inside() {
        return inside;
    }
}
