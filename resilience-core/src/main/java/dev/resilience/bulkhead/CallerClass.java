package dev.resilience.bulkhead;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The callers of one criticality in one bulkhead, or all that have no share: what is theirs, and what was counted of them. */
/*
 * What is not final is read and written under the lock of Places. Calls without a share come and go without that lock, so that how
 * many of them run is known only as what is left of all; a class with a share counts its own.
 */
final class CallerClass {

    /** Twice the time after which a refused caller is told to come back. */
    static final long CLAIM_LASTS = Duration.ofSeconds(2).toNanos();

    private final @Nullable String name;
    private final BulkheadPermit place = new BulkheadPermit(this);
    private final BulkheadPermit exemption = new BulkheadPermit(this);
    private final BulkheadCounts counts = new BulkheadCounts();
    private int percent;
    private int guaranteed;
    private int running;
    private int waiting;
    private long claims;
    private long claimsLapseAt;

    /** Creates the class of a criticality, or for null that of all callers without a share. */
    CallerClass(@Nullable String name) {
        this.name = name;
    }

    /** Returns the criticality as the configuration spelt it first; null for callers without a share. */
    @Nullable
    String name() {
        return name;
    }

    boolean isUnreserved() {
        return name == null;
    }

    /** Returns the permit of every call that has one of the limited places. */
    BulkheadPermit place() {
        return place;
    }

    BulkheadCounts counts() {
        return counts;
    }

    void share(int newPercent, int limit) {
        percent = newPercent;
        guaranteed = (int) ((long) limit * newPercent / 100);
    }

    boolean isUnderGuarantee() {
        return running < guaranteed;
    }

    /** Returns whether one of its callers waits for a place that is theirs. */
    boolean isDue() {
        return waiting > 0 && isUnderGuarantee();
    }

    void join() {
        waiting++;
    }

    void leave() {
        waiting--;
    }

    void take() {
        if (name != null) {
            running++;
            claims = Math.max(0, claims - 1);
        }
    }

    void giveBack() {
        if (name != null) {
            running--;
        }
    }

    /** Lets a refused caller of a class under its guarantee find a place when it comes back. */
    void claim(long now) {
        claims = claims(now) + 1;
        claimsLapseAt = now + CLAIM_LASTS;
    }

    private long claims(long now) {
        claims = now - claimsLapseAt < 0 ? claims : 0;
        return claims;
    }

    boolean hasClaimed() {
        return claims > 0;
    }

    /** Returns how many free places are not to be lent because of its claims. */
    int kept(long now) {
        return (int) Math.min(claims(now), Math.max(0, guaranteed - running));
    }

    long claimsLapseAt() {
        return claimsLapseAt;
    }

    int running() {
        return running;
    }

    int waiting() {
        return waiting;
    }

    ShareSnapshot snapshot(int runningNow, int waitingNow) {
        int concurrent = runningNow + counts.exempt();
        return new ShareSnapshot(percent, guaranteed, concurrent, waitingNow, counts.snapshot(concurrent));
    }

    /**
     * Returns the permit, counted as such, of a call that is let through by mode or rollout only, or because the limit was no longer
     * enforced.
     */
    BulkheadPermit exempted() {
        counts.exempted();
        return exemption;
    }
}
