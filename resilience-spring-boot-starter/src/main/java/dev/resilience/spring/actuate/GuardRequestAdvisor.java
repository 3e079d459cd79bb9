package dev.resilience.spring.actuate;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

/** Shows the endpoint's web operations the whole request, so that they can refuse what they do not know. */
public final class GuardRequestAdvisor implements OperationInvokerAdvisor {

    private static final EndpointId ID = EndpointId.of(GuardsEndpoint.ID);

    @Override
    public OperationInvoker apply(
            EndpointId endpointId,
            OperationType operationType,
            OperationParameters parameters,
            OperationInvoker invoker) {
        boolean asks = parameters.stream().anyMatch(parameter -> parameter.getType() == GuardRequest.class);
        return asks && endpointId.equals(ID) ? context -> invoker.invoke(withRequest(context)) : invoker;
    }

    private static InvocationContext withRequest(InvocationContext context) {
        SecurityContext security = context.resolveArgument(SecurityContext.class);
        GuardRequest request = new GuardRequest(context.getArguments());
        return new InvocationContext(
                security == null ? SecurityContext.NONE : security,
                Map.of(GuardRequest.PATH, new String[0]),
                OperationArgumentResolver.of(GuardRequest.class, () -> request));
    }
}
