package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import dev.resilience.spring.actuate.FleetDirectory;
import dev.resilience.spring.shared.FleetMember;
import dev.resilience.spring.shared.SharedView;
import dev.resilience.spring.shared.Sharing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the endpoint of this process's part in its fleet. */
record MemberDirectory(FleetMember member) implements FleetDirectory {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Override
    public @Nullable Part of(Name name) {
        return member.view(name)
                .map(view -> new Part(now(member.node(), view), config(view.sharing())))
                .orElse(null);
    }

    private static Map<String, @Nullable Object> config(Sharing sharing) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("mode", sharing.mode().toString());
        fields.put("quorum", sharing.quorum().toString());
        fields.put("average-duration", sharing.averageDuration());
        fields.put("concurrent", sharing.concurrent());
        return fields;
    }

    private static Map<String, Object> now(String node, SharedView view) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mode", view.sharing().mode().toString());
        fields.put("node", node);
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
