package dev.resilience.stress;

/** What {@link AdmissionOperations} have to do, one after the other. */
public class AdmissionSpecification {

    private boolean open;
    private int out;
    private int refused;

    public boolean ask() {
        if (open) {
            refused++;
        } else {
            out++;
        }
        return !open;
    }

    public void forceOpen() {
        open = true;
    }

    public void reset() {
        open = false;
    }

    public String admitted() {
        return (open ? "FORCED_OPEN" : "CLOSED") + ", out " + out + ", refused " + refused;
    }
}
