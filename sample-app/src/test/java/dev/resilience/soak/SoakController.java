package dev.resilience.soak;

import dev.resilience.CallRejectedException;
import dev.resilience.CallTimeoutException;
import dev.resilience.registry.BreakerRegistry;
import dev.resilience.registry.BulkheadRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lets the tenants be called over HTTP, and tells what was counted on both sides. */
@RestController
class SoakController {

    private final Tenants.Shelves shelves;
    private final Tenants tenants;
    private final BreakerRegistry breakers;
    private final BulkheadRegistry bulkheads;
    private final Map<String, LongAdder> saw = new ConcurrentHashMap<>();

    SoakController(Tenants.Shelves shelves, Tenants tenants, BreakerRegistry breakers, BulkheadRegistry bulkheads) {
        this.shelves = shelves;
        this.tenants = tenants;
        this.breakers = breakers;
        this.bulkheads = bulkheads;
    }

    @GetMapping("/tenants/{tenant}")
    String serve(@PathVariable String tenant, @RequestParam int millis, @RequestParam boolean fails)
            throws InterruptedException {
        saw("asked");
        try {
            String served = shelves.fetch(tenant, millis, fails);
            saw("success");
            return served;
        } catch (CallRejectedException refused) {
            saw(refused.name() + " " + refused.reason());
            throw refused;
        } catch (CallTimeoutException late) {
            saw("timeout");
            throw late;
        } catch (IllegalStateException broken) {
            saw("failure");
            throw new ResponseStatusException(HttpStatus.BAD_GATEWAY, "The tenant failed", broken);
        }
    }

    private void saw(String what) {
        saw.computeIfAbsent(what, none -> new LongAdder()).increment();
    }

    /** Returns what became of the calls, as those who made them saw it. */
    private Map<String, Long> callers() {
        Map<String, Long> now = new TreeMap<>();
        saw.forEach((what, count) -> now.put(what, count.sum()));
        return now;
    }

    @GetMapping("/soak")
    Map<String, Object> counted() {
        Map<String, Object> counted = new LinkedHashMap<>();
        counted.put("callers", callers());
        counted.put("entered", tenants.entered());
        counted.put("halfOrders", tenants.halfOrders());
        counted.put("aboveLimit", tenants.aboveLimit());
        counted.put("mostInside", tenants.most());
        counted.put(
                "breakers", breakers.families().stream().map(FamilyTotals::of).toList());
        counted.put(
                "bulkheads", bulkheads.families().stream().map(FamilyTotals::of).toList());
        return counted;
    }
}
