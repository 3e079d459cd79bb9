package dev.resilience.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must hold after the sample had been under load, with everything changing all the time. Run by {@code sample-app/soak}. */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoakTests {

    private static final int MINUTES = Integer.getInteger("soak.minutes", 1);
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

    /** What a heap may grow by that is loaded late, compiled late or kept on purpose: logs, meters, connections. */
    private static final long BYTES = 4_000_000;

    /** The last hundred that were dropped are kept, of each of the two names of breakers that have keys; and a hundred more. */
    private static final int OBJECTS = 300;

    private static final int THREADS = 8;
    private static final int HISTOGRAM = 15;

    private Soak soak;

    @BeforeAll
    void soak() throws Exception {
        print("Soak of %d min, -Dsoak.seed=%d".formatted(MINUTES, SEED));
        soak = Soak.run(Duration.ofMinutes(MINUTES), SEED);
        print("wrk: shop %s, tenants %s".formatted(soak.shop(), soak.tenants()));
        print("operator: " + soak.operator());
        print("heap: %,d bytes after warming up, %,d in the end; threads: %d, %d"
                .formatted(
                        soak.warm().bytes(),
                        soak.after().bytes(),
                        soak.warmThreads().size(),
                        soak.threads().size()));
        print(soak.after().histogram(soak.warm(), HISTOGRAM));
        print("counted: " + soak.counted().jsonString());
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private long breakers(String name, String count) {
        return counted("breakers", name, count);
    }

    private long bulkheads(String name, String count) {
        return counted("bulkheads", name, count);
    }

    /** Returns the sum of all counts of a guard that begin so. */
    private long counted(String kind, String name, String start) {
        List<Map<String, Number>> counts = soak.counted().read("$.%s[?(@.name=='%s')].counts".formatted(kind, name));
        return sum(counts.get(0), start);
    }

    private long callers(String... starts) {
        Map<String, Number> callers = soak.counted().read("$.callers");
        long sum = 0;
        for (String start : starts) {
            sum += sum(callers, start);
        }
        return sum;
    }

    private static long sum(Map<String, Number> counts, String start) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(start))
                .mapToLong(entry -> entry.getValue().longValue())
                .sum();
    }

    @Test
    void keepsTheHeapFlat() {
        assertThat(soak.after().bytes() - soak.warm().bytes()).isLessThan(BYTES);
        assertThat(soak.after().grown(soak.warm(), OBJECTS)).isEmpty();
        assertThat(soak.after().growth(soak.warm(), "java.lang.VirtualThread")).isLessThan(OBJECTS);
    }

    @Test
    void leavesNoThreadBehind() {
        assertThat(soak.threads()).hasSizeLessThan(soak.warmThreads().size() + THREADS);
    }

    @Test
    void keepsNoMoreInstancesThanThereMayBe() {
        List<Integer> keys = soak.counted().read("$..[?(@.name=='tenants' || @.name=='shelves')].keys");
        assertThat(keys).hasSize(3).allMatch(count -> count <= 21); // the one for those that find no place among them
        assertThat(breakers("tenants", "dropped")).isOne();
        assertThat(bulkheads("shelves", "dropped")).isOne();
    }

    @Test
    void countsForABreakerWhatItsCallersSaw() {
        assertThat(breakers("tenants", "call SUCCESS")).isEqualTo(callers("success"));
        assertThat(breakers("tenants", "call FAILURE")).isEqualTo(callers("failure"));
        assertThat(breakers("tenants", "call TIMEOUT")).isEqualTo(callers("timeout"));
        assertThat(breakers("tenants", "rejected"))
                .isEqualTo(callers("tenants OPEN", "tenants HALF_OPEN", "tenants RECOVERING", "tenants FORCED_OPEN"));
    }

    @Test
    void countsForABulkheadWithoutKeysWhatItsCallersSaw() {
        assertThat(bulkheads("tenants", "rejected FULL")).isEqualTo(callers("tenants FULL"));
        assertThat(bulkheads("tenants", "rejected WAIT_TIMEOUT")).isEqualTo(callers("tenants WAIT_TIMEOUT"));
        assertThat(bulkheads("tenants", "permitted"))
                .isEqualTo(soak.counted().<Number>read("$.entered").longValue())
                .isEqualTo(callers("success", "failure", "timeout"));
    }

    @Test
    void countsForABulkheadWithKeysWhatItsCallersSaw() {
        assertThat(bulkheads("shelves", "rejected")).isEqualTo(callers("shelves"));
        assertThat(bulkheads("shelves", "permitted")).isEqualTo(callers("asked") - callers("shelves"));
    }

    @Test
    void givesBackEveryPlace() {
        for (String bulkhead : List.of("tenants", "shelves", "payments", "payment-methods", "quotes")) {
            assertThat(bulkheads(bulkhead, "held")).as(bulkhead).isEqualTo(bulkheads(bulkhead, "permitted"));
        }
    }

    @Test
    void showsInItsMetersWhatItCounted() {
        for (String breaker : List.of("tenants", "payments")) {
            assertThat(soak.meters().sum("resilience_breaker_calls_seconds_count", tag(breaker)))
                    .isEqualTo(breakers(breaker, "call "));
            assertThat(soak.meters().sum("resilience_breaker_rejected_total", tag(breaker), "enforced=\"true\""))
                    .isEqualTo(breakers(breaker, "rejected"));
            assertThat(soak.meters().sum("resilience_breaker_transitions_total", tag(breaker)))
                    .isEqualTo(breakers(breaker, "to "));
        }
        for (String bulkhead : List.of("tenants", "shelves", "payments", "payment-methods", "quotes")) {
            assertThat(soak.meters().sum("resilience_bulkhead_held_seconds_count", tag(bulkhead)))
                    .isEqualTo(bulkheads(bulkhead, "held"));
            assertThat(soak.meters().sum("resilience_bulkhead_rejected_total", tag(bulkhead), "enforced=\"true\""))
                    .isEqualTo(bulkheads(bulkhead, "rejected"));
        }
        assertThat(soak.meters().sum("resilience_bulkhead_concurrent")).isZero();
        assertThat(soak.meters().sum("resilience_breaker_concurrent")).isZero();
    }

    private static String tag(String name) {
        return "name=\"" + name + "\"";
    }

    @Test
    void letsNobodyInAboveTheLargerLimit() {
        assertThat(soak.counted().<Integer>read("$.aboveLimit")).isZero();
    }

    @Test
    void obeysWholeOrdersOrNone() {
        assertThat(soak.operator().surprises()).isEmpty();
        assertThat(soak.counted().<Integer>read("$.halfOrders")).isZero();
    }

    /** Requests that were under way when {@code wrk} stopped are what may be missing there. */
    @Test
    void hasSeenAsManyCallsAsWereMade() {
        assertThat(callers("asked") - soak.tenants().answers()).isBetween(0L, 2L * Wrk.CONNECTIONS);
    }

    @Test
    void answersNothingThatWasNotProvoked() {
        assertThat(soak.shop().statuses().keySet()).isSubsetOf(200, 502, 503, 504);
        assertThat(soak.tenants().statuses().keySet()).isSubsetOf(200, 502, 503, 504);
        assertThat(soak.shop().errors() + soak.tenants().errors()).isZero();
    }

    @Test
    void logsNothingThatWasNotProvoked() {
        List<String> unprovoked = new ArrayList<>();
        boolean provoked = false;
        for (String line : soak.log()) {
            provoked =
                    line.contains("The payment provider could not be reached") || (provoked && !line.startsWith("20"));
            if (!provoked && (line.contains(" ERROR ") || line.startsWith("\tat ") || line.contains("Exception"))) {
                unprovoked.add(line);
            }
        }
        assertThat(unprovoked).isEmpty();
    }

    @Test
    void hasSeenAllThatItIsFor() {
        assertThat(List.of("tenants OPEN", "tenants FORCED_OPEN", "tenants FULL", "shelves FULL", "timeout", "failure"))
                .allSatisfy(what -> assertThat(callers(what)).as(what).isPositive());
        assertThat(breakers("tenants", "to HALF_OPEN")).isPositive();
        assertThat(breakers("payments", "call TIMEOUT")).isPositive();
    }
}
