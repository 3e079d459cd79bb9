package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsAccessOverWebFluxTests extends GuardsAccessContract {

    GuardsAccessOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
