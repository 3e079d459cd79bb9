package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsRefusalOverWebMvcTests extends GuardsRefusalContract {

    GuardsRefusalOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
