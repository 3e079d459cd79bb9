package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsEndpointOverWebMvcTests extends GuardsEndpointContract {

    GuardsEndpointOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
