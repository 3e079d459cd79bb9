package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsReadingOverWebFluxTests extends GuardsReadingContract {

    GuardsReadingOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
