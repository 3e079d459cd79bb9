package dev.resilience.spring.actuate;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationFilter;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.core.env.PropertyResolver;

/**
 * Lets writing through only where {@value #KEY} is set to {@code unrestricted} by that very name: what opens all endpoints at once was
 * not meant to let strangers close breakers. Comes on top of Spring Boot's own rules, so that
 * {@code management.endpoints.access.max-permitted} caps it.
 */
public final class GuardWriteAccess implements OperationFilter<WebOperation> {

    static final String KEY = "management.endpoint.guards.access";

    private static final EndpointId ID = EndpointId.of(GuardsEndpoint.ID);

    private final boolean open;

    /** Creates a filter by an application's properties. */
    public GuardWriteAccess(PropertyResolver properties) {
        this.open = properties.getProperty(KEY, Access.class) == Access.UNRESTRICTED;
    }

    @Override
    public boolean match(WebOperation operation, EndpointId endpointId, Access defaultAccess) {
        return open || operation.getType() == OperationType.READ || !endpointId.equals(ID);
    }
}
