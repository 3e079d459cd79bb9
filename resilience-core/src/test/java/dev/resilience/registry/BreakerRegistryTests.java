package dev.resilience.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resilience.InvalidSettingException;
import dev.resilience.Name;
import dev.resilience.breaker.BreakerConfig;
import dev.resilience.breaker.BreakerEnvironment;
import dev.resilience.breaker.CircuitBreaker;
import dev.resilience.breaker.TripConfig;
import dev.resilience.breaker.WindowSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerRegistryTests {

    private final BreakerRegistry breakers = new BreakerRegistry(BreakerConfig.DEFAULTS);

    @Test
    void makesABreakerOnFirstUseOnly() {
        assertThat(breakers.find("payments")).isEmpty();
        CircuitBreaker made = breakers.get("payments");
        assertThat(breakers.get("payments")).isSameAs(made);
        assertThat(breakers.find("payments")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderHistory", "ORDERHISTORY", "order_history", "Order-History"})
    void findsABreakerInAnySpelling(String spelling) {
        CircuitBreaker made = breakers.get("order-history");
        assertThat(breakers.get(spelling)).isSameAs(made);
        assertThat(breakers.get(spelling, "eu-1")).isSameAs(breakers.get("order-history", "eu-1"));
        assertThat(breakers.find(spelling)).isPresent();
        assertThat(made.name()).hasToString("order-history");
    }

    @Test
    void refusesANameThatIsNone() {
        assertThatThrownBy(() -> breakers.get("pay.ments"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid name ('pay.ments'): must match [A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-1", "a/b", "50%", "a[b]", "[", "Zürich", "東京", ""})
    void makesOneInstanceAKey(String key) {
        CircuitBreaker keyed = breakers.get("payments", key);
        assertThat(breakers.get("payments", key)).isSameAs(keyed);
        assertThat(keyed).isNotSameAs(breakers.get("payments"));
        assertThat(keyed.name().key()).isEqualTo(key);
    }

    @Test
    void takesThePlainInstanceForNoKey() {
        assertThat(breakers.get("payments", null)).isSameAs(breakers.get("payments"));
    }

    @Test
    void letsKeysThatCannotBeShownShareOneInstance() {
        CircuitBreaker rest = breakers.get("payments", "*");
        assertThat(rest.name()).hasToString("payments[*]");
        assertThat(breakers.get("payments", "k".repeat(201))).isSameAs(rest);
        assertThat(breakers.get("payments", "k".repeat(100_000))).isSameAs(rest);
        assertThat(breakers.get("payments", "a\nb")).isSameAs(rest);
        assertThat(breakers.family(Name.of("payments")).find("*")).contains(rest);
        assertThat(breakers.get("payments", "k".repeat(200))).isNotSameAs(rest);
    }

    @Test
    void listsItsFamiliesByName() {
        breakers.get("stock");
        breakers.get("payments", "eu-1");
        assertThat(breakers.families())
                .extracting(family -> family.name().text())
                .containsExactly("payments", "stock");
        assertThat(breakers.families().get(0).all())
                .extracting(breaker -> breaker.name().toString())
                .containsExactly("payments", "payments[eu-1]");
    }

    @Test
    void findsNoInstanceThatIsNotThere() {
        BreakerFamily family = breakers.family(Name.of("payments"));
        assertThat(family.find("eu-1")).isEmpty();
        assertThat(family.find("*")).isEmpty();
        assertThat(family.find(null)).contains(family.plain());
    }

    @Test
    void sharesNothingWithAnotherRegistry() {
        assertThat(new BreakerRegistry(BreakerConfig.DEFAULTS).get("payments")).isNotSameAs(breakers.get("payments"));
    }

    @Test
    void configuresEachNameByItself() {
        BreakerRegistry own = new BreakerRegistry(
                name -> BreakerConfig.DEFAULTS.withMaxKeys(name.canonical().length()), BreakerEnvironment.DEFAULT);
        assertThat(own.get("stock").config().maxKeys()).isEqualTo(5);
        assertThat(own.get("payments", "eu-1").config().maxKeys()).isEqualTo(8);
    }

    @Test
    void keepsTheCountsUnderANewConfiguration() throws Exception {
        CircuitBreaker plain = breakers.get("payments");
        CircuitBreaker keyed = breakers.get("payments", "eu-1");
        plain.call(() -> "made");
        keyed.call(() -> "made");

        BreakerConfig next = BreakerConfig.DEFAULTS.withTrip(TripConfig.DEFAULTS.withMinimumCalls(77));
        breakers.configure(name -> next);

        for (CircuitBreaker breaker : List.of(plain, keyed, breakers.get("payments", "later"), breakers.get("new"))) {
            assertThat(breaker.config()).isEqualTo(next);
        }
        assertThat(plain.snapshot().window().calls()).isEqualTo(1);
        assertThat(keyed.snapshot().window().calls()).isEqualTo(1);
        breakers.configure(name -> next.withWindow(WindowSize.calls(5)));
        assertThat(plain.snapshot().window().calls()).isZero();
    }

    @Test
    void tellsListenersOfWhatItMadeAndDropped() {
        BreakerRegistry small = new BreakerRegistry(BreakerConfig.DEFAULTS.withMaxKeys(1));
        small.get("payments", "a");
        List<String> heard = new ArrayList<>();
        small.addListener(new InstanceListener<>() {
            @Override
            public void added(CircuitBreaker instance) {
                heard.add("+" + instance.name());
            }

            @Override
            public void dropped(CircuitBreaker instance) {
                heard.add("-" + instance.name());
            }
        });
        assertThat(heard).as("what was there").containsExactly("+payments", "+payments[a]");
        heard.clear();
        small.get("payments", "b");
        small.get("stock");
        small.get("stock", "*");
        assertThat(heard).containsExactly("-payments[a]", "+payments[b]", "+stock", "+stock[*]");
    }
}
