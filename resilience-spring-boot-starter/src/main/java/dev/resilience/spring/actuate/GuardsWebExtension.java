package dev.resilience.spring.actuate;

import dev.resilience.InvalidSettingException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.MimeType;

/**
 * Reads single guards and lists of them over HTTP, and takes orders where {@link GuardWriteAccess} lets them through. Safe for use by
 * many threads.
 */
/*
 * The path is taken as a whole, not segment by segment: an array is the one kind of argument that neither body nor query can
 * bring, so that nothing but the path can say which guard is meant.
 */
@EndpointWebExtension(endpoint = GuardsEndpoint.class)
@RegisterReflectionForBinding({BreakerList.class, BreakerDetail.class, BulkheadList.class, BulkheadDetail.class})
public final class GuardsWebExtension {

    private static final MimeType PROBLEM = MimeType.valueOf("application/problem+json");

    private final Map<String, GuardResource> resources;

    /** Creates the extension of an endpoint, which tells of changes through the publisher. */
    public GuardsWebExtension(GuardsEndpoint endpoint, ApplicationEventPublisher publisher) {
        AuditTrail trail = new AuditTrail(publisher);
        this.resources = Map.of(
                "breakers", new BreakerResource(endpoint.breakers(), trail),
                "bulkheads", new BulkheadResource(endpoint.bulkheads(), trail));
    }

    @ReadOperation
    WebEndpointResponse<Object> read(@Selector(match = Match.ALL_REMAINING) String[] path, GuardRequest request) {
        return answer(() -> {
            List<String> segments = request.path();
            GuardResource resource = resource(segments);
            return segments.size() == 1
                    ? resource.list(request.fields(resource.listFields()))
                    : resource.read(segments.get(1), request.keyAlone());
        });
    }

    @WriteOperation
    WebEndpointResponse<Object> write(
            @Selector(match = Match.ALL_REMAINING) String[] path, GuardRequest request, SecurityContext security) {
        return answer(() -> {
            List<String> segments = request.path();
            GuardResource resource = resource(segments);
            if (segments.size() == 1) {
                throw Problem.notWritable("path", "A list cannot be changed", "POST to one of its names");
            }
            Fields fields = request.fieldsBesidesKey(resource.orderFields());
            return resource.order(segments.get(1), request.key(), fields, by(security.getPrincipal()));
        });
    }

    private GuardResource resource(List<String> path) {
        GuardResource resource = path.isEmpty() || path.size() > 2 ? null : resources.get(path.get(0));
        if (resource == null) {
            throw GuardRequest.noSuchPath();
        }
        return resource;
    }

    private static String by(@Nullable Principal principal) {
        return principal == null ? "anonymous" : Names.showable(principal.getName());
    }

    private static WebEndpointResponse<Object> answer(Supplier<Object> answer) {
        try {
            return new WebEndpointResponse<>(answer.get());
        } catch (Problem refused) {
            return refusal(refused);
        } catch (InvalidSettingException refused) {
            return refusal(Problem.invalid(refused));
        }
    }

    private static WebEndpointResponse<Object> refusal(Problem problem) {
        return new WebEndpointResponse<>(problem.body(), problem.status(), PROBLEM);
    }
}
