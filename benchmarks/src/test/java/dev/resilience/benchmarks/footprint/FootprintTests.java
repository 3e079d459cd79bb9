package dev.resilience.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FootprintTests {

    private static final List<String> LOG = List.of(
            "[0.5s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 20M->5M(256M) 2.500ms",
            "[0.7s] GC(1) Concurrent Mark Cycle 3.000ms",
            "[0.9s] GC(2) Pause Young (Normal) (G1 Evacuation Pause) 25M->6M(256M) 1.500ms",
            "[1.2s] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 36M->6M(256M) 4.000ms");

    @Test
    void measuresEverythingOnce(@TempDir Path directory) throws Exception {
        Footprint footprint = new Footprint(Footprint.Length.SMOKE, directory);

        List<Report> reports = footprint.measure();

        assertThat(reports).hasSize(5);
        assertThat(footprint.markdown(reports, "today", "by hand")).doesNotContain("|  |", "NaN");
        JsonNode json = JsonMapper.shared().readTree(footprint.json(reports, "today", "by hand"));
        assertThat(json.get("goals")).hasSize(7);
        assertThat(json.get("tables"))
                .hasSize(5)
                .allSatisfy(table -> assertThat(table.get("rows")).isNotEmpty());
    }

    @Test
    void anIdleBreakerAndItsShareOfTheMetersTakeLessThanOneKibibyte() throws Exception {
        ChildJvm instances = ChildJvm.of(
                System.getProperty("java.class.path"),
                IdleInstances.class.getName(),
                IdleInstances.Kind.BREAKERS_WITH_METERS.name(),
                "10000");

        assertThat(instances.run().get("bytes")).isLessThan(1024);
    }

    @Test
    void aGoalIsMetBelowItsBoundAndMissedAtIt() {
        Goals goals = new Goals();
        goals.add("a reading", 10, "ms", 9.99);
        goals.add("a scrape", 1.5, "x", 1.5);

        assertThat(goals.markdown())
                .contains("| a reading | 10.00 ms | 9.99 ms | met |", "| a scrape | 1.50 x | 1.50 x | **missed** |");
    }

    @Test
    void comparesRunsPairByPair() {
        Medians here = new Medians();
        Medians there = new Medians();
        for (double[] pair : new double[][] {{10, 7}, {90, 85}, {20, 19}}) {
            here.add(Map.of("ms", pair[0]));
            there.add(Map.of("ms", pair[1]));
        }

        assertThat(here.above(there, "ms")).isEqualTo(3);
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
