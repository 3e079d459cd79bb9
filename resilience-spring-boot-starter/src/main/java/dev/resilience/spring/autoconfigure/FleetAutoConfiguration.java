package dev.resilience.spring.autoconfigure;

import dev.resilience.registry.BreakerRegistry;
import dev.resilience.spring.actuate.FleetDirectory;
import dev.resilience.spring.shared.FleetMember;
import dev.resilience.spring.shared.FleetTotals;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Breakers that agree with those of other processes over Redis or Valkey, where {@code resilience.shared.enabled} is true. */
@AutoConfiguration(after = ResilienceAutoConfiguration.class)
@ConditionalOnProperty("resilience.shared.enabled")
@EnableConfigurationProperties(SharedProperties.class)
public final class FleetAutoConfiguration {

    /** Apart, because Lettuce is there only where an application brings it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RedisClient.class)
    static class Member {

        @Bean
        @ConditionalOnMissingBean
        FleetMember fleetMember(
                SharedProperties properties,
                ResilienceConfiguration configuration,
                Environment environment,
                ObjectProvider<SslBundles> bundles,
                ObjectProvider<DroppedOrderAudit> audit) {
            ConfiguredStore store = new ConfiguredStore(properties, environment, bundles.getIfAvailable());
            return new FleetFactory(
                            properties, configuration, environment, order -> audit.ifAvailable(each -> each.add(order)))
                    .member(store.address());
        }

        @Bean
        FleetStatus fleetStatus(FleetMember member) {
            return () -> member.isConnected() ? "connected" : "lost since " + member.since();
        }

        /** Not lazy, as a process is a member of its fleet whether or not anybody asks. */
        @Bean
        @Lazy(false)
        SmartInitializingSingleton fleetJoining(FleetMember member, BreakerRegistry breakers) {
            return () -> member.join(breakers);
        }
    }

    /** What an audit tells. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RedisClient.class, AuditApplicationEvent.class})
    static class Audited {

        @Bean
        DroppedOrderAudit droppedOrderAudit(ApplicationEventPublisher publisher) {
            return new DroppedOrderAudit(publisher);
        }
    }

    /** What the endpoint shows. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RedisClient.class, Endpoint.class})
    static class Shown {

        @Bean
        FleetDirectory fleetDirectory(FleetMember member) {
            return new MemberDirectory(member);
        }
    }

    /** What the meters say. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RedisClient.class, MeterBinder.class})
    static class Metered {

        @Bean
        MeterBinder fleetMeters(FleetMember member, @Value("${spring.application.name:}") String service) {
            Tags common = Tags.of("service", service.isEmpty() ? "none" : service, "language", "java");
            return registry -> {
                Gauge.builder("resilience.shared.connected", member, of -> of.isConnected() ? 1 : 0)
                        .description("Whether the store of the fleet is there")
                        .tags(common)
                        .register(registry);
                counter("syncs", "Times that sums were told and asked for", member, FleetTotals::syncs)
                        .tags(common)
                        .register(registry);
                counter("stale", "Commands that came too late: others had moved the state", member, FleetTotals::stale)
                        .tags(common)
                        .register(registry);
                counter("lost", "Times that the store went away", member, FleetTotals::lost)
                        .tags(common)
                        .register(registry);
                counter("rejoins", "Times that the store was found", member, FleetTotals::rejoins)
                        .tags(common)
                        .register(registry);
                counter("corrupt", "States and messages that could not be used", member, FleetTotals::corrupt)
                        .tags(common)
                        .register(registry);
                FunctionTimer.builder(
                                "resilience.shared.latency",
                                member,
                                of -> of.totals().answers(),
                                of -> of.totals().waited().toNanos(),
                                TimeUnit.NANOSECONDS)
                        .description("How long the store takes to answer; no call waits for it")
                        .tags(common)
                        .register(registry);
            };
        }

        private static FunctionCounter.Builder<FleetMember> counter(
                String name, String description, FleetMember member, ToLongFunction<FleetTotals> count) {
            return FunctionCounter.builder("resilience.shared." + name, member, of -> count.applyAsLong(of.totals()))
                    .description(description);
        }
    }

    /** Stops a start that would leave every breaker on its own although they were to be shared. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.lettuce.core.RedisClient")
    static class Nobody {

        Nobody() {
            throw new InvalidConfigurationPropertyValueException(
                    "resilience.shared.enabled",
                    true,
                    "needs Lettuce on the class path: add io.lettuce:lettuce-core, which Spring Boot gives a version");
        }
    }
}
