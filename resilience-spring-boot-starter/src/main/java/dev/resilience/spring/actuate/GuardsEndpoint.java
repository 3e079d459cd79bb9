package dev.resilience.spring.actuate;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The Actuator endpoint {@code guards}: what is common to all the ways to reach it. Single guards and lists of them are read by
 * {@link GuardsWebExtension} and {@link GuardsJmxExtension}, and changed by the former. Safe for use by many threads.
 */
@Endpoint(id = GuardsEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class GuardsEndpoint {

    static final String ID = "guards";

    private final String service;
    private final Breakers breakers;
    private final Bulkheads bulkheads;

    /**
     * Creates the endpoint of an application.
     *
     * @param service name of the application
     * @param methods tells what a name guards
     * @param fleet tells what part a breaker has in a fleet
     */
    public GuardsEndpoint(
            String service,
            BreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            MethodDirectory methods,
            FleetDirectory fleet) {
        this.service = service;
        this.breakers = new Breakers(breakers, methods, fleet);
        this.bulkheads = new Bulkheads(bulkheads, methods);
    }

    @ReadOperation
    Overview overview() {
        BreakerList someBreakers = breakers.list(null, Limit.DEFAULT);
        BulkheadList someBulkheads = bulkheads.list(Limit.DEFAULT);
        Boolean truncated = (someBreakers.truncated() != null || someBulkheads.truncated() != null) ? true : null;
        return new Overview(service, someBreakers.breakers(), someBulkheads.bulkheads(), truncated);
    }

    Breakers breakers() {
        return breakers;
    }

    Bulkheads bulkheads() {
        return bulkheads;
    }
}
