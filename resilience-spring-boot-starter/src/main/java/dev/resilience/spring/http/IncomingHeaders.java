package dev.resilience.spring.http;

import dev.resilience.Ticker;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/** Reads from a request who calls. Safe for use by many threads. */
public final class IncomingHeaders {

    /**
     * Where filters stand: just inside of Spring Boot's observation of requests, so that the log has the trace, and outside of all
     * else, Spring Security in the first place, because what that does takes the caller's time too.
     */
    public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

    private final @Nullable DeadlineHeader deadline;
    private final @Nullable CriticalityHeader criticality;
    private final Ticker ticker;

    /**
     * Creates a reader.
     *
     * @param deadline null: deadlines are not accepted
     * @param criticality null: criticalities are not accepted
     */
    public IncomingHeaders(@Nullable DeadlineHeader deadline, @Nullable CriticalityHeader criticality, Ticker ticker) {
        this.deadline = deadline;
        this.criticality = criticality;
        this.ticker = ticker;
    }

    /** Returns the caller of a request that arrives now, given the lines of its headers by name. */
    Caller caller(Function<String, List<String>> request) {
        return new Caller(
                deadline == null ? null : deadline.read(request, ticker),
                criticality == null ? null : criticality.read(request));
    }
}
