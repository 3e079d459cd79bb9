package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.RejectionReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkheadTotalsTests {

    private static final BulkheadTotals ONE =
            new BulkheadTotals(1, Map.of(RejectionReason.FULL, 2L), 3, 4, 5, 600, 7, 8000);
    private static final BulkheadTotals OTHER = new BulkheadTotals(
            10, Map.of(RejectionReason.FULL, 20L, RejectionReason.DEADLINE, 1L), 30, 40, 50, 6000, 70, 80000);

    @Test
    void areAddedUpCountByCount() {
        assertThat(ONE.plus(OTHER))
                .isEqualTo(new BulkheadTotals(
                        11,
                        Map.of(RejectionReason.FULL, 22L, RejectionReason.DEADLINE, 1L),
                        33,
                        44,
                        55,
                        6600,
                        77,
                        88000));
    }

    @Test
    void haveTheMeanOfWaitsAndHolds() {
        assertThat(OTHER.averageWait()).isEqualTo(Duration.ofNanos(120));
        assertThat(OTHER.averageHeld()).isEqualTo(Duration.ofNanos(1142));
    }

    @Test
    void haveNoMeanOfNothing() {
        BulkheadTotals none = new BulkheadTotals(0, Map.of(RejectionReason.FULL, 0L), 0, 0, 0, 0, 0, 0);

        assertThat(none.averageWait()).isZero();
        assertThat(none.averageHeld()).isZero();
    }

    @Test
    void ofClassesAreAddedUpWithTheirCallsAndCallersButNotTheirPlaces() {
        ShareSnapshot sum = new ShareSnapshot(50, 2, 3, 4, ONE).plus(new ShareSnapshot(25, 1, 30, 40, OTHER));

        assertThat(sum).isEqualTo(new ShareSnapshot(0, 0, 33, 44, ONE.plus(OTHER)));
    }
}
