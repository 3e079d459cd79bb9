package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsAccessOverWebMvcTests extends GuardsAccessContract {

    GuardsAccessOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
