package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsFuzzOverWebMvcTests extends GuardsFuzzContract {

    GuardsFuzzOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
