package dev.resilience.stress;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every result of concurrent operations is one that they could have had one after the other, in an order in which none that had ended
 * comes after one that had not begun.
 */
class LinearizabilityTests {

    @ParameterizedTest
    @ValueSource(classes = {BulkheadOperations.class, ResizedBulkheadOperations.class})
    void aBulkheadIsLinearizableUnderStress(Class<?> operations) {
        bulkhead(operations, new StressOptions().iterations(10).invocationsPerIteration(1_000));
    }

    @Test
    void aBreakerIsLinearizableUnderStress() {
        breaker(new StressOptions().iterations(20).invocationsPerIteration(1_000));
    }

    @ParameterizedTest
    @ValueSource(classes = {BulkheadOperations.class, ResizedBulkheadOperations.class})
    void aBulkheadIsLinearizableInTheSchedulesOfAModel(Class<?> operations) {
        inSchedules(30, 100)
                .actorsPerThread(3)
                .sequentialSpecification(BulkheadSpecification.class)
                .check(operations);
    }

    @Test
    void aBreakerIsLinearizableInTheSchedulesOfAModel() {
        breaker(new ModelCheckingOptions().iterations(6).invocationsPerIteration(200));
    }

    @Test
    void successesAreLinearizableInTheSchedulesOfAModel() {
        inSchedules(6, 300)
                .actorsPerThread(2)
                .sequentialSpecification(SuccessSpecification.class)
                .check(SuccessOperations.class);
    }

    @Test
    void admissionIsLinearizableInTheSchedulesOfAModel() {
        inSchedules(12, 300)
                .actorsPerThread(2)
                .sequentialSpecification(AdmissionSpecification.class)
                .check(AdmissionOperations.class);
    }

    /** Short programs, many of which have the two threads meet where it matters: a schedule in the right moment is of no use to others. */
    private static ModelCheckingOptions inSchedules(int programs, int schedules) {
        return new ModelCheckingOptions()
                .iterations(programs)
                .invocationsPerIteration(schedules)
                .actorsBefore(0)
                .actorsAfter(1);
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(classes = {BulkheadOperations.class, ResizedBulkheadOperations.class})
    void aBulkheadIsLinearizableForLong(Class<?> operations) {
        bulkhead(operations, new StressOptions().threads(3).iterations(50).invocationsPerIteration(2_000));
        bulkhead(operations, new ModelCheckingOptions().iterations(30).invocationsPerIteration(1_000));
    }

    @Tag("thorough")
    @Test
    void aBreakerIsLinearizableForLong() {
        breaker(new StressOptions().threads(3).iterations(100).invocationsPerIteration(2_000));
        breaker(new ModelCheckingOptions().iterations(30).invocationsPerIteration(1_000));
    }

    private static void bulkhead(Class<?> operations, Options<?, ?> options) {
        options.actorsPerThread(4).sequentialSpecification(BulkheadSpecification.class);
        options.check(operations);
    }

    private static void breaker(Options<?, ?> options) {
        options.actorsPerThread(4).sequentialSpecification(BreakerSpecification.class);
        options.check(BreakerOperations.class);
    }
}
