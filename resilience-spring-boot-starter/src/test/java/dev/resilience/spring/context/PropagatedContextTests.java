package dev.resilience.spring.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.resilience.ContextCarrier;
import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.Ticker;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

class PropagatedContextTests {

    private final ContextCarrier carrier = new PropagatedContext();
    private final ExecutorService worker = Executors.newSingleThreadExecutor();

    @AfterEach
    void forgetEverything() {
        worker.shutdownNow();
        MDC.clear();
        SecurityContextHolder.clearContext();
        Deadline.restore(null);
        Criticality.restore(null);
    }

    @Test
    void carriesTheMdc() throws Exception {
        MDC.put("order", "4711");
        assertThat(carried(() -> MDC.get("order"))).isEqualTo("4711");
        assertThat(onWorker(() -> MDC.get("order"))).isNull();
    }

    @Test
    void carriesTheObservation() throws Exception {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(context -> true);
        Observation observation = Observation.start("order", registry);
        try (Observation.Scope scope = observation.openScope()) {
            assertThat(scope.getCurrentObservation()).isSameAs(observation);
            assertThat(carried(registry::getCurrentObservation)).isSameAs(observation);
        }
        assertThat(onWorker(registry::getCurrentObservation)).isNull();
    }

    @Test
    void carriesTheSecurityContext() throws Exception {
        Authentication alice = new TestingAuthenticationToken("alice", "secret");
        SecurityContextHolder.getContext().setAuthentication(alice);
        assertThat(carried(PropagatedContextTests::authentication)).isSameAs(alice);
        assertThat(onWorker(PropagatedContextTests::authentication)).isNull();
    }

    private static Authentication authentication() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    @Test
    void carriesTheDeadlineAsTheSameMoment() throws Exception {
        Deadline deadline = Deadline.after(Duration.ofSeconds(2), Ticker.system());
        Deadline.restore(deadline);
        assertThat(carried(Deadline::current)).isSameAs(deadline);
        assertThat(onWorker(Deadline::current)).isNull();
    }

    @Test
    void carriesTheCriticality() throws Exception {
        Criticality.restore(Criticality.of("customer"));
        assertThat(carried(Criticality::current)).isEqualTo(Criticality.of("customer"));
        assertThat(onWorker(Criticality::current)).isNull();
    }

    @Test
    void takesWhatThereIsWhenTheTaskIsWrapped() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        MDC.put("order", "4711");
        Runnable task = carrier.carrying(() -> seen.set(MDC.get("order")));
        MDC.put("order", "4712");
        worker.submit(task).get();
        assertThat(seen).hasValue("4711");
    }

    @Test
    void hidesWhatTheWorkerHadAndGivesItBack() throws Exception {
        onWorker(() -> {
            MDC.put("order", "of the worker");
            Criticality.restore(Criticality.of("batch"));
            return null;
        });
        assertThat(carried(() -> MDC.get("order"))).isNull();
        assertThat(carried(Criticality::current)).isNull();
        assertThat(onWorker(() -> MDC.get("order"))).isEqualTo("of the worker");
        assertThat(onWorker(Criticality::current)).isEqualTo(Criticality.of("batch"));
    }

    @Test
    void leavesNothingBehindThatTheTaskAddsOrThatIsThereWhenItFails() throws Exception {
        MDC.put("order", "4711");
        Future<?> failing = worker.submit(carrier.carrying(() -> {
            MDC.put("payment", "17");
            Deadline.restore(Deadline.after(Duration.ZERO, Ticker.system()));
            throw new IllegalStateException("broken");
        }));
        assertThat(failing).failsWithin(Duration.ofSeconds(10));
        assertThat(onWorker(MDC::getCopyOfContextMap)).isNullOrEmpty();
        assertThat(onWorker(Deadline::current)).isNull();
    }

    @Test
    void letsTheExceptionOfTheTaskThrough() {
        assertThatIllegalStateException()
                .isThrownBy(() -> carrier.carrying(() -> {
                            throw new IllegalStateException("broken");
                        })
                        .run())
                .withMessage("broken");
    }

    @Test
    void leavesTheRegistryOfTheApplicationAlone() {
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
                .extracting(ThreadLocalAccessor::key)
                .contains(Deadline.CONTEXT_KEY, Criticality.CONTEXT_KEY)
                .doesNotContain(Slf4jThreadLocalAccessor.KEY);
    }

    private <T> T carried(Supplier<T> reading) throws Exception {
        AtomicReference<T> seen = new AtomicReference<>();
        worker.submit(carrier.carrying(() -> seen.set(reading.get()))).get();
        return seen.get();
    }

    private <T> T onWorker(Supplier<T> reading) throws Exception {
        return worker.submit(reading::get).get();
    }
}
