package dev.resilience.spring.actuate;

import org.springframework.boot.WebApplicationType;

class GuardsFuzzOverWebFluxTests extends GuardsFuzzContract {

    GuardsFuzzOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
