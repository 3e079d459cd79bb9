package dev.resilience.spring.http;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.DeadlineExceededException;
import dev.resilience.DeadlineExceededException.Stage;
import dev.resilience.Name;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Writes into a request for whom it is made. Safe for use by many threads. */
public final class OutgoingHeaders {

    /** What a request that is not made is named after; its host is the key, which logs show and clients of this service do not see. */
    private static final Name CLIENT = Name.of("http-client");

    private final @Nullable DeadlineHeader deadline;
    private final @Nullable CriticalityHeader criticality;
    private final boolean stackTraces;

    /**
     * Creates a writer.
     *
     * @param deadline null: deadlines are not sent, and do not stop requests
     * @param criticality null: criticalities are not sent
     * @param stackTraces whether the exceptions for requests that are not made carry stack traces
     */
    public OutgoingHeaders(
            @Nullable DeadlineHeader deadline, @Nullable CriticalityHeader criticality, boolean stackTraces) {
        this.deadline = deadline;
        this.criticality = criticality;
        this.stackTraces = stackTraces;
    }

    /**
     * Writes what is known of a caller, where the application wrote nothing that says more.
     *
     * @throws DeadlineExceededException if the caller's deadline is over; not a moment earlier, or a guard around this request, whose
     *     deadline is the same, would take the exception for a failure of the other side
     */
    void write(Caller caller, URI target, HttpHeaders headers) {
        Deadline until = caller.deadline();
        if (deadline != null && until != null) {
            if (until.isOver()) {
                throw new DeadlineExceededException(CLIENT.withKey(target.getHost()), Stage.BEFORE, stackTraces);
            }
            deadline.write(until.remaining().toMillis(), headers);
        }
        Criticality of = caller.criticality();
        if (criticality != null && of != null) {
            criticality.write(of, headers);
        }
    }
}
