package dev.resilience.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.CapturedLog;
import dev.resilience.Criticality;
import dev.resilience.GuardEnvironment;
import dev.resilience.registry.BulkheadRegistry;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnsharedCriticalitiesTests {

    private static final BulkheadConfig SHARED = BulkheadConfig.DEFAULTS.withShares(Map.of("customer", 50));

    private final CapturedLog log = new CapturedLog(SemaphoreBulkhead.class);
    private final BulkheadRegistry bulkheads = new BulkheadRegistry(name -> SHARED, GuardEnvironment.DEFAULT);

    @AfterEach
    void releaseLog() {
        log.close();
    }

    @Test
    void warnsOnceForAllKeysOfANameSayingWhatToDo() {
        for (String key : new String[] {null, "eu-1", "eu-2"}) {
            bulkheads.get("payments", key).tryAcquire(Criticality.of("night-Batch"));
            bulkheads.get("payments", key).tryAcquire(Criticality.of("nightbatch"));
        }
        assertThat(log.records()).singleElement().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.WARNING);
            assertThat(record.getMessage())
                    .isEqualTo("Bulkhead 'payments' has no share for the criticality 'night-Batch': such calls live on"
                            + " what is unreserved and on what is lent. Give it a share (shares.night-Batch), or correct"
                            + " the criticality");
        });
    }

    @Test
    void warnsForEachName() {
        bulkheads.get("payments").tryAcquire(Criticality.of("batch"));
        bulkheads.get("stock").tryAcquire(Criticality.of("batch"));
        assertThat(log.records()).hasSize(2);
    }

    @Test
    void remembersNoMoreThanAHundred() {
        for (int i = 0; i < 200; i++) {
            bulkheads.get("payments").tryAcquire(Criticality.of("stranger-" + i));
        }
        assertThat(log.records()).hasSize(100);
    }

    @Test
    void staysSilentWithoutShares() {
        SemaphoreBulkhead plain = new SemaphoreBulkhead("payments", BulkheadConfig.DEFAULTS);
        plain.tryAcquire(Criticality.of("batch"));
        assertThat(log.records()).extracting(LogRecord::getMessage).isEmpty();
    }

    @Test
    void staysSilentForCallersWithAShareAndWithoutACriticality() {
        bulkheads.get("payments").tryAcquire(Criticality.of("Customer"));
        bulkheads.get("payments").tryAcquire();
        assertThat(log.records()).extracting(LogRecord::getMessage).isEmpty();
    }
}
