package dev.resilience.spring.shared;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;

/** What only newer versions of Lettuce know; on others, {@link #disable} must not be called. */
final class MaintenanceNotices {

    private static final String CONFIG = "io.lettuce.core.MaintNotificationsConfig";

    private MaintenanceNotices() {}

    /** Returns whether this version of Lettuce asks for notices of maintenance. */
    static boolean areKnown() {
        return ClientOptions.class.getClassLoader().getResource(CONFIG.replace('.', '/') + ".class") != null;
    }

    /** Asks for no notices of maintenance: they take another command in the handshake, which the least rights do not allow. */
    static void disable(ClientOptions.Builder options) {
        options.maintNotificationsConfig(MaintNotificationsConfig.disabled());
    }
}
