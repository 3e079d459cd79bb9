package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsWritingOverWebMvcTests extends GuardsWritingContract {

    GuardsWritingOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
