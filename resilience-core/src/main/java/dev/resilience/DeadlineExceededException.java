package dev.resilience;

import java.time.Duration;

/** Thrown when the caller's {@link Deadline} was over: before a call was made, while it waited for a bulkhead, or while it ran. */
public final class DeadlineExceededException extends CallRejectedException {

    /** How far a call had come when its deadline was over. */
    public enum Stage {
        /** It was not made, as there was no time left. */
        BEFORE,
        /** It was not made, as it was still in a bulkhead's queue. */
        WAITING,
        /** It was under way, and was ended. */
        RUNNING
    }

    private static final long serialVersionUID = 1L;
    private static final long RETRY_AFTER = Duration.ofSeconds(1).toNanos();

    private final Stage stage;

    /** Creates a rejection. */
    public DeadlineExceededException(Name name, Stage stage, boolean withStackTrace) {
        super(name, RejectionReason.DEADLINE, RETRY_AFTER, withStackTrace);
        this.stage = stage;
    }

    /** Returns how far the call had come. */
    public Stage stage() {
        return stage;
    }

    @Override
    protected String describe(Name name) {
        return "The call guarded by '" + name + "' "
                + switch (stage) {
                    case BEFORE -> "was not made: its caller's deadline was over";
                    case WAITING -> "was not made: its caller's deadline came while it waited for the bulkhead";
                    case RUNNING -> "was ended: its caller's deadline came before its answer";
                };
    }
}
