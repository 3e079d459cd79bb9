package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsSecurityOverWebFluxTests extends GuardsSecurityContract {

    GuardsSecurityOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
