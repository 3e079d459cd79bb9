package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsWritingOverWebFluxTests extends GuardsWritingContract {

    GuardsWritingOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
