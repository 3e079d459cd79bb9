package dev.resilience.spring.web;

import org.springframework.boot.WebApplicationType;

class RejectionAnswersOverWebFluxTests extends RejectionAnswersContract {

    RejectionAnswersOverWebFluxTests() {
        super(WebApplicationType.REACTIVE);
    }
}
