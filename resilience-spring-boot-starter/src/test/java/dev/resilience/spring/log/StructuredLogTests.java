package dev.resilience.spring.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.breaker.BreakerState;
import dev.resilience.breaker.Force;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.autoconfigure.GuardLogAutoConfiguration;
import dev.resilience.spring.autoconfigure.ResilienceAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The line as Spring Boot's structured formats write it. */
@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTests {

    @AfterEach
    void restoreLogging() {
        MDC.clear();
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash", "gelf"})
    void writesOneLineWithTheTraceOfTheCall(String format, CapturedOutput output) {
        try (ConfigurableApplicationContext shop = new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .properties("logging.structured.format.console=" + format)
                .run()) {
            MDC.put("traceId", "803b448a0489f84084905d3093480352");
            shop.getBean(BreakerRegistry.class).get("payments").force(Force.to(BreakerState.FORCED_OPEN));
        }
        assertThat(output.getOut().lines().filter(line -> line.contains("Breaker 'payments' went")))
                .singleElement()
                .asString()
                .contains("breaker\":\"payments\"", "from\":\"CLOSED\"", "to\":\"FORCED_OPEN\"", "reason\":\"FORCED\"")
                .containsOnlyOnce("803b448a0489f84084905d3093480352");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ResilienceAutoConfiguration.class, GuardLogAutoConfiguration.class})
    static class Shop {}
}
