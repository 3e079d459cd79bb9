package dev.resilience.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/** What a native image must be told of the endpoint. */
class GuardsEndpointHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    GuardsEndpointHintsTests() {
        new ReflectiveRuntimeHintsRegistrar()
                .registerRuntimeHints(hints, GuardsEndpoint.class, GuardsWebExtension.class, GuardsJmxExtension.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Overview.class,
                BreakerList.class,
                BreakerSummary.class,
                BreakerDetail.class,
                BreakerDetail.Window.class,
                BreakerDetail.Totals.class,
                BreakerDetail.Entry.class,
                ForceView.class,
                BulkheadList.class,
                BulkheadSummary.class,
                BulkheadDetail.class,
                BulkheadDetail.Totals.class,
                BulkheadDetail.Share.class
            })
    void registersWhatAnswersAreMadeOf(Class<?> type) throws NoSuchMethodException {
        String component = type.getRecordComponents()[0].getName();
        assertThat(reflection().onMethodInvocation(type.getDeclaredMethod(component)))
                .accepts(hints);
    }

    @Test
    void registersTheOperations() throws NoSuchMethodException {
        assertThat(reflection().onMethodInvocation(GuardsEndpoint.class.getDeclaredMethod("overview")))
                .accepts(hints);
        assertThat(reflection()
                        .onMethodInvocation(
                                GuardsWebExtension.class.getDeclaredMethod("read", String[].class, GuardRequest.class)))
                .accepts(hints);
        assertThat(reflection()
                        .onMethodInvocation(GuardsWebExtension.class.getDeclaredMethod(
                                "write", String[].class, GuardRequest.class, SecurityContext.class)))
                .accepts(hints);
    }
}
