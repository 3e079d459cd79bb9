package dev.resilience.spring.web;

import org.springframework.boot.WebApplicationType;

class RejectionAnswersOverWebMvcTests extends RejectionAnswersContract {

    RejectionAnswersOverWebMvcTests() {
        super(WebApplicationType.SERVLET);
    }
}
