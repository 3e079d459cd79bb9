package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsEndpointOverWebFluxTests extends GuardsEndpointContract {

    GuardsEndpointOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
