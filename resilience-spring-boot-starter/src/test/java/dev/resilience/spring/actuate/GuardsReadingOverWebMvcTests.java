package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsReadingOverWebMvcTests extends GuardsReadingContract {

    GuardsReadingOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
