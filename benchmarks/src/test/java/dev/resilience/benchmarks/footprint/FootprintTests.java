package dev.resilience.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintTests {

    private static final List<String> LOG = List.of(
            "[0.5s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 20M->5M(256M) 2.500ms",
            "[0.7s] GC(1) Concurrent Mark Cycle 3.000ms",
            "[0.9s] GC(2) Pause Young (Normal) (G1 Evacuation Pause) 25M->6M(256M) 1.500ms",
            "[1.2s] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 36M->6M(256M) 4.000ms");

    @Test
    @SuppressWarnings("unchecked")
    void measuresEverythingOnce(@TempDir Path directory) throws Exception {
        List<Report> reports = new Footprint(Footprint.Length.SMOKE, directory).measure();

        assertThat(reports).hasSize(4).allSatisfy(report -> {
            List<Map<String, Object>> rows =
                    (List<Map<String, Object>>) report.data().get("rows");
            assertThat(rows)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(report.markdown())
                            .contains("| " + row.values().iterator().next() + " |"));
            assertThat(report.markdown()).doesNotContain("|  |");
        });
    }

    @Test
    void readsWhatWasAllocatedAndHowLongThePausesWere() {
        assertThat(GcLog.of(LOG, 0)).isEqualTo(new GcLog(50, 3, 8, 4));
    }

    @Test
    void readsOnlyWhatCameLater() {
        assertThat(GcLog.of(LOG, 3)).isEqualTo(new GcLog(30, 1, 4, 4));
    }

    @Test
    void takesTheLowerOfTwoMiddleFigures() {
        Medians medians = new Medians();
        for (double figure : new double[] {4, 1, 3, 2}) {
            medians.add(Map.of("ms", figure));
        }
        assertThat(medians.of("ms")).isEqualTo(2);
        assertThat(medians.of("bytes")).isNaN();
    }
}
