package dev.resilience.benchmarks.footprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table: one thing that was measured in each row, one figure in each column but the first. */
final class Report {

    private static final double FEW = 100;

    private final String title;
    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();

    private record Row(String subject, List<Double> figures) {}

    Report(String title, List<String> columns) {
        this.title = title;
        this.columns = columns;
    }

    void add(String subject, Double... figures) {
        if (figures.length != columns.size() - 1) {
            throw new IllegalArgumentException("A row of " + figures.length + " figures for the columns " + columns);
        }
        rows.add(new Row(subject, List.of(figures)));
    }

    String markdown() {
        StringBuilder table = new StringBuilder("### " + title + "\n\n");
        table.append("| ").append(String.join(" | ", columns)).append(" |\n|").append(" --- |".repeat(columns.size()));
        for (Row row : rows) {
            table.append("\n| ").append(row.subject);
            row.figures.forEach(figure -> table.append(" | ").append(shown(figure)));
            table.append(" |");
        }
        return table.append('\n').toString();
    }

    static String shown(double figure) {
        return Double.isNaN(figure)
                ? ""
                : String.format(Locale.ROOT, Math.abs(figure) < FEW ? "%,.2f" : "%,.0f", figure);
    }

    /**
     * Returns a figure.
     *
     * @throws IllegalArgumentException if there is no such row or column
     */
    double figure(String subject, String column) {
        int index = columns.indexOf(column);
        return rows.stream()
                .filter(row -> index > 0 && row.subject.equals(subject))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No " + column + " of " + subject + " in " + title))
                .figures
                .get(index - 1);
    }

    /** Returns the same for a JSON document, without the figures that are missing. */
    Map<String, Object> data() {
        List<Map<String, Object>> data = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put(columns.get(0), row.subject);
            for (int column = 1; column < columns.size(); column++) {
                double figure = row.figures.get(column - 1);
                if (!Double.isNaN(figure)) {
                    figures.put(columns.get(column), figure);
                }
            }
            data.add(figures);
        }
        return Map.of("title", title, "rows", data);
    }
}
