package dev.resilience.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.Criticality;
import dev.resilience.Deadline;
import dev.resilience.spring.Fuzz;
import dev.resilience.spring.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

/** Headers of strangers: each is followed as docs/deadline-header.md says, or ignored, on both web stacks. */
class HeadersFuzzTests {

    private static final String TIMEOUT = "X-Request-Timeout";
    private static final String CRITICALITY = "X-Request-Criticality";
    private static final int LONGEST_LINE = 250;

    @RegisterExtension
    private final IgnoredHeaders ignored = new IgnoredHeaders();

    private final ManualTicker ticker = new ManualTicker();
    private final DeadlineHeader deadline = new DeadlineHeader(TIMEOUT, Duration.ofSeconds(60));
    private final CriticalityHeader criticality = new CriticalityHeader(CRITICALITY);
    private final IncomingHeaders headers = new IncomingHeaders(deadline, criticality, ticker);

    /** The lines of both headers. */
    private record Lines(List<String> timeout, List<String> criticality) {

        static Lines random(Random random) {
            return new Lines(
                    lines(random, () -> millis(random)),
                    lines(random, () -> Fuzz.oneOf(random, "customer", " gold_Customer-1\t", "a".repeat(101), "-x")));
        }

        private static List<String> lines(Random random, Supplier<String> usual) {
            List<String> lines = new ArrayList<>();
            for (int count = Fuzz.oneOf(random, 0, 1, 1, 1, 1, 2); count > 0; count--) {
                lines.add(random.nextBoolean() ? usual.get() : Fuzz.text(random));
            }
            return lines;
        }

        private static String millis(Random random) {
            String digits = Long.toString(random.nextLong() >>> random.nextInt(64));
            return Fuzz.oneOf(random, "", " ", "\t ", "00") + digits + Fuzz.oneOf(random, "", " ", "ms", ".0");
        }

        List<Lines> smaller() {
            return Stream.concat(
                            smaller(timeout).map(fewer -> new Lines(fewer, criticality)),
                            smaller(criticality).map(fewer -> new Lines(timeout, fewer)))
                    .toList();
        }

        private static Stream<List<String>> smaller(List<String> lines) {
            return lines.isEmpty()
                    ? Stream.empty()
                    : Stream.concat(
                            Stream.of(lines.subList(1, lines.size())),
                            lines.size() > 1
                                    ? Stream.empty()
                                    : Fuzz.shorter(lines.get(0)).stream().map(List::of));
        }
    }

    @Test
    void followsWhatCanBeReadAndIgnoresTheRest() {
        Fuzz.check("headers", 2_000, Lines::random, Lines::smaller, this::check);
    }

    private void check(Lines lines) throws Exception {
        ignored.clear();
        Caller overServlets = overServlets(lines);
        Caller overWebFlux = overWebFlux(lines);
        Long millis = millis(lines.timeout());
        String name = name(lines.criticality());
        for (Caller caller : List.of(overServlets, overWebFlux)) {
            assertThat(caller.deadline() == null ? null : caller.deadline().remaining())
                    .isEqualTo(millis == null ? null : Duration.ofMillis(millis));
            assertThat(
                            caller.criticality() == null
                                    ? null
                                    : caller.criticality().name())
                    .isEqualTo(name);
        }
        assertThat(ignored.lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThan(LONGEST_LINE).matches("[ -~]*"));
        assertThat(written(lines))
                .matches("[0-9]{1,18}")
                .satisfies(sent -> assertThat(Long.parseLong(sent)).isLessThanOrEqualTo(250));
    }

    private Caller overServlets(Lines lines) throws Exception {
        AtomicReference<Caller> seen = new AtomicReference<>();
        MockHttpServletRequest request = new MockHttpServletRequest();
        lines.timeout().forEach(line -> request.addHeader(TIMEOUT, line));
        lines.criticality().forEach(line -> request.addHeader(CRITICALITY, line));
        new IncomingHeadersFilter(headers)
                .doFilter(request, new MockHttpServletResponse(), (asked, answer) -> seen.set(Caller.ofThread()));
        return seen.get();
    }

    private Caller overWebFlux(Lines lines) {
        AtomicReference<Caller> seen = new AtomicReference<>();
        MockServerHttpRequest request = MockServerHttpRequest.get("/")
                .header(TIMEOUT, lines.timeout().toArray(String[]::new))
                .header(CRITICALITY, lines.criticality().toArray(String[]::new))
                .build();
        new IncomingHeadersWebFilter(headers)
                .filter(
                        MockServerWebExchange.from(request),
                        exchange -> Mono.deferContextual(context -> {
                            seen.set(new Caller(
                                    context.getOrDefault(Deadline.CONTEXT_KEY, null),
                                    context.getOrDefault(Criticality.CONTEXT_KEY, null)));
                            return Mono.empty();
                        }))
                .block();
        return seen.get();
    }

    private String written(Lines ofTheApplication) {
        HttpHeaders written = new HttpHeaders();
        ofTheApplication.timeout().forEach(line -> written.add(TIMEOUT, line));
        deadline.write(250, written);
        assertThat(written.getOrEmpty(TIMEOUT)).hasSize(1);
        return written.getFirst(TIMEOUT).replaceAll("[ \t]", "");
    }

    /** The grammar, read by hand. */
    private static Long millis(List<String> lines) {
        String word = onlyWord(lines);
        if (word == null || word.isEmpty() || word.length() > 18) {
            return null;
        }
        return word.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Long.valueOf(Math.min(Long.parseLong(word), 60_000))
                : null;
    }

    private static String name(List<String> lines) {
        String word = onlyWord(lines);
        if (word == null || word.isEmpty() || word.length() > 100 || "_-".indexOf(word.charAt(0)) >= 0) {
            return null;
        }
        return word.chars()
                        .allMatch(letter ->
                                (letter < 128 && Character.isLetterOrDigit(letter)) || letter == '_' || letter == '-')
                ? word
                : null;
    }

    private static String onlyWord(List<String> lines) {
        if (lines.size() != 1) {
            return null;
        }
        String line = lines.get(0);
        int from = 0;
        int to = line.length();
        while (from < to && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        while (to > from && (line.charAt(to - 1) == ' ' || line.charAt(to - 1) == '\t')) {
            to--;
        }
        return line.substring(from, to);
    }
}
