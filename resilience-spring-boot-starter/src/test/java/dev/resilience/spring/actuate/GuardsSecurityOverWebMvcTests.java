package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsSecurityOverWebMvcTests extends GuardsSecurityContract {

    GuardsSecurityOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
