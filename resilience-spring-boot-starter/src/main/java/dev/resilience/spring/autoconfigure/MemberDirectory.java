package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import dev.resilience.spring.actuate.FleetDirectory;
import dev.resilience.spring.shared.FleetMember;
import dev.resilience.spring.shared.SharedView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the endpoint of this process's part in its fleet. */
record MemberDirectory(FleetMember member) implements FleetDirectory {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Override
    public @Nullable Map<String, Object> of(Name name) {
        return member.view(name).map(MemberDirectory::fields).orElse(null);
    }

    private static Map<String, Object> fields(SharedView view) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mode", view.mode());
        fields.put("scope", view.scope().name().toLowerCase(Locale.ROOT));
        fields.put("epoch", view.epoch());
        fields.put("live", view.live());
        fields.put("quorum", view.quorum());
        fields.put("votes", view.votes());
        fields.put("leases", view.leases());
        return fields;
    }

    @Override
    public void keepHere(Name name) {
        member.keepHere(name);
    }

    @Override
    public @Nullable Boolean isOrdered(Name name) {
        if (member.view(name).isEmpty()) {
            return null;
        }
        try {
            return member.awaitOrder(name, PATIENCE);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
