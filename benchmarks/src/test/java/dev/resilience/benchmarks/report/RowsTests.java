package dev.resilience.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class RowsTests {

    private final Set<String> benchmarks = BenchmarkList.defaultList()
            .find(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of(".*"), List.of())
            .stream()
            .map(entry -> entry.getUsername().replaceAll(".*\\.(\\w+\\.\\w+)", "$1"))
            .collect(Collectors.toSet());

    private final Set<String> rows = Table.ALL.stream()
            .flatMap(table -> table.rows().stream())
            .map(Table.Row::benchmark)
            .collect(Collectors.toSet());

    @Test
    void everyRowIsABenchmarkAndEveryBenchmarkARow() {
        assertThat(rows).containsExactlyInAnyOrderElementsOf(benchmarks);
    }

    @Test
    void everyTableHasItsReferenceInIt() {
        assertThat(Table.ALL)
                .allSatisfy(table -> assertThat(table.rows())
                        .extracting(Table.Row::benchmark)
                        .contains(table.reference()));
    }

    @Test
    void everyPairIsOfBenchmarks() {
        assertThat(Pair.ALL.stream().flatMap(pair -> Stream.of(pair.ours(), pair.peer())))
                .isSubsetOf(benchmarks);
    }
}
