package dev.resilience.spring.autoconfigure;

import dev.resilience.InvalidSettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;

/**
 * Takes a changed configuration over at run time: all of it, or where anything is wrong with it, nothing.
 *
 * <p>Every change of the environment is looked at, because a value may hold a placeholder for a key of another name.
 */
final class RuntimeRebinding implements ApplicationListener<EnvironmentChangeEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeRebinding.class);

    private final ConfigurationReader reader;
    private final ConfiguredGuards guards;
    private final boolean enabledAtStart;
    private final Object lock = new Object();
    private ResilienceConfiguration current;

    RuntimeRebinding(ConfigurationReader reader, ConfiguredGuards guards, ResilienceConfiguration atStart) {
        this.reader = reader;
        this.guards = guards;
        this.enabledAtStart = atStart.enabled();
        this.current = atStart;
    }

    @Override
    public void onApplicationEvent(EnvironmentChangeEvent event) {
        synchronized (lock) {
            try {
                ResilienceConfiguration read = reader.read();
                apply(enabledAtStart ? read : read.switchedOff());
            } catch (InvalidConfigurationException | InvalidSettingException invalid) {
                LOG.error(
                        "The changed configuration of breakers and bulkheads is refused, the one before stays in effect. {}",
                        invalid.getMessage());
            }
        }
    }

    private void apply(ResilienceConfiguration next) {
        if (next.equals(current)) {
            return;
        }
        guards.configure(next);
        current = next;
        LOG.info("The configuration of breakers and bulkheads was changed");
    }
}
