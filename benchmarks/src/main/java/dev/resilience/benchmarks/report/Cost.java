package dev.resilience.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A sum of what benchmarks measured, each so many times, and of nanoseconds. */
record Cost(List<Part> parts, double nanos) {

    /** One benchmark, so many times. */
    record Part(String benchmark, double times) {}

    static Cost of(String benchmark) {
        return new Cost(List.of(), 0).plus(1, benchmark);
    }

    Cost plus(double times, String benchmark) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(benchmark, times));
        return new Cost(more, nanos);
    }

    Cost plusNanos(double more) {
        return new Cost(parts, nanos + more);
    }

    /** Returns the sum with that many threads; null if a part was not measured. */
    @Nullable
    Sample in(Measurements measurements, int threads) {
        List<Series> series = new ArrayList<>();
        for (Part part : parts) {
            Series one = measurements.of(part.benchmark(), threads);
            if (one == null) {
                return null;
            }
            series.add(one);
        }
        int moments =
                series.stream().mapToInt(one -> one.samples().size()).min().orElseThrow();
        return new Sample(
                sum(series, Series::median),
                IntStream.range(0, moments)
                        .mapToObj(moment -> sum(series, one -> one.samples().get(moment)))
                        .toList());
    }

    private double sum(List<Series> series, ToDoubleFunction<Series> value) {
        double sum = nanos;
        for (int part = 0; part < parts.size(); part++) {
            sum += parts.get(part).times() * value.applyAsDouble(series.get(part));
        }
        return sum;
    }
}
