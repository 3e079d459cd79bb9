package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsRefusalOverWebFluxTests extends GuardsRefusalContract {

    GuardsRefusalOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
