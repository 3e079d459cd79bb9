package dev.resilience.spring.actuate;

import dev.resilience.bulkhead.SemaphoreBulkhead;
import dev.resilience.registry.BulkheadFamily;
import dev.resilience.registry.BulkheadRegistry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bulkheads as the endpoint finds and shows them. */
final class Bulkheads {

    private final BulkheadRegistry registry;
    private final MethodDirectory methods;

    Bulkheads(BulkheadRegistry registry, MethodDirectory methods) {
        this.registry = registry;
        this.methods = methods;
    }

    BulkheadList list(Limit limit) {
        List<BulkheadFamily> families = registry.families();
        return new BulkheadList(
                limit.shorten(families, family -> family.name().text(), BulkheadSummary::of),
                limit.truncates(families));
    }

    /** Returns what is known of one bulkhead, the plain one of the name for a null key. */
    BulkheadDetail detail(String name, @Nullable String key) {
        BulkheadFamily family = family(name);
        return detail(family, instance(family, key));
    }

    BulkheadDetail detail(BulkheadFamily family, SemaphoreBulkhead bulkhead) {
        List<String> keys = bulkhead.name().key() == null ? keys(family) : null;
        return BulkheadDetail.of(bulkhead.snapshot(), methods.ofBulkhead(family.name()), keys);
    }

    BulkheadFamily family(String name) {
        return Names.known(name, registry::find)
                .orElseThrow(() -> Names.unknown(
                        "bulkhead",
                        name,
                        registry.families().stream().map(BulkheadFamily::name).toList()));
    }

    SemaphoreBulkhead instance(BulkheadFamily family, @Nullable String key) {
        return family.find(key)
                .orElseThrow(() -> Names.unknownKey("Bulkhead", family.name(), Objects.toString(key), keys(family)));
    }

    private static List<String> keys(BulkheadFamily family) {
        return Names.keys(family.all().stream().map(SemaphoreBulkhead::name).toList());
    }
}
