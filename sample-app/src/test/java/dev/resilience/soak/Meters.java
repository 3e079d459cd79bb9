package dev.resilience.soak;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A scrape of the sample's meters. */
record Meters(List<Sample> samples) {

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");

    /** One line of a scrape; {@code tags} as they stand there. */
    record Sample(String meter, String tags, double value) {}

    static Meters parse(String scrape) {
        return new Meters(scrape.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(found -> new Sample(found.group(1), found.group(2), Double.parseDouble(found.group(3))))
                .toList());
    }

    /** Returns the sum of a meter over everything that has these tags, each as {@code name="value"}. */
    long sum(String meter, String... tags) {
        return Math.round(samples.stream()
                .filter(sample -> sample.meter().equals(meter))
                .filter(sample -> Stream.of(tags).allMatch(sample.tags()::contains))
                .mapToDouble(Sample::value)
                .sum());
    }
}
