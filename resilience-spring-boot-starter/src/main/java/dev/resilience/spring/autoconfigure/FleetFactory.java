package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import dev.resilience.spring.shared.DroppedOrder;
import dev.resilience.spring.shared.FleetMember;
import dev.resilience.spring.shared.Quorum;
import dev.resilience.spring.shared.Sharing;
import dev.resilience.spring.shared.StoreAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/** Makes this process a member of its fleet, as the configuration says. */
final class FleetFactory {

    private static final int LONGEST_HOST = 55;

    private final SharedProperties properties;
    private final ResilienceConfiguration configuration;
    private final Environment environment;
    private final Consumer<DroppedOrder> onDropped;

    FleetFactory(
            SharedProperties properties,
            ResilienceConfiguration configuration,
            Environment environment,
            Consumer<DroppedOrder> onDropped) {
        this.properties = properties;
        this.configuration = configuration;
        this.environment = environment;
        this.onDropped = onDropped;
    }

    /** @throws InvalidConfigurationPropertyValueException if the configuration does not say enough */
    FleetMember member(StoreAddress store) {
        Quorum quorum = quorum();
        return FleetMember.of(
                store, namespace(), node(), properties.settings(), name -> sharing(name, quorum), onDropped);
    }

    private Sharing sharing(Name name, Quorum quorum) {
        SharedEntry entry = configuration.sharing().apply(name);
        return new Sharing(
                entry.mode() == null ? properties.mode() : entry.mode(),
                entry.quorum() == null ? quorum : entry.quorum(),
                entry.averageDuration(),
                entry.concurrent());
    }

    private Quorum quorum() {
        try {
            return Quorum.parse(properties.quorum());
        } catch (IllegalArgumentException unreadable) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.shared.quorum", properties.quorum(), "must be " + Quorum.RULE);
        }
    }

    private String namespace() {
        String namespace = properties.namespace() != null
                ? properties.namespace()
                : environment.getProperty("spring.application.name", "");
        if (!FleetMember.isNamespace(namespace)) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.shared.namespace",
                    namespace,
                    "must be 1 to 64 of A-Z a-z 0-9 . _ -, as spring.application.name is taken where it is not set");
        }
        return namespace;
    }

    private String node() {
        String node = properties.nodeId();
        if (node == null) {
            return host() + "-"
                    + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        }
        if (!FleetMember.isNode(node)) {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.shared.node-id", node, "must be 1 to 64 printable ASCII characters without blanks");
        }
        return node;
    }

    private static String host() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "localhost";
        }
        String printable = host.replaceAll("[^!-~]", "-");
        return printable.substring(0, Math.min(printable.length(), LONGEST_HOST));
    }
}
