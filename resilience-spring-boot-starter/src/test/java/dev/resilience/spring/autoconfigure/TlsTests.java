package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resilience.spring.shared.FleetMember;
import dev.resilience.spring.shared.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Fleets whose store is reached by TLS with an SSL bundle. */
class TlsTests {

    @TempDir
    private static Path directory;

    private static TestKeys store;
    private static TestKeys elsewhere;
    private static TestKeys shop;

    @RegisterExtension
    private final Logged logged = new Logged(FleetMember.class);

    private TlsFront front;

    @BeforeAll
    static void makeKeys() throws Exception {
        store = TestKeys.of(directory, "store", "ip:127.0.0.1,dns:localhost");
        elsewhere = TestKeys.of(directory, "elsewhere", "dns:elsewhere.test");
        shop = TestKeys.of(directory, "shop", "dns:shop.test");
    }

    @AfterEach
    void close() throws Exception {
        front.close();
    }

    private void serve(TestKeys server, boolean wantsCertificates) throws Exception {
        front = new TlsFront(server.server(shop), wantsCertificates, TestRedis.uri());
    }

    private static ApplicationContextRunner fleet(String... properties) {
        return Configured.BY_NOTHING
                .withConfiguration(AutoConfigurations.of(FleetAutoConfiguration.class, SslAutoConfiguration.class))
                .withPropertyValues(
                        "resilience.shared.enabled=true",
                        "resilience.shared.namespace=tls",
                        "resilience.shared.rejoin-jitter=0s",
                        "resilience.shared.reconnect-first=10ms",
                        "resilience.shared.reconnect-longest=100ms")
                .withPropertyValues(properties);
    }

    private ApplicationContextRunner trusting(TestKeys trusted) {
        return fleet(
                "resilience.shared.uri=rediss://127.0.0.1:" + front.port(),
                "resilience.shared.ssl-bundle=store",
                "spring.ssl.bundle.jks.store.truststore.location=file:" + trusted.trust(),
                "spring.ssl.bundle.jks.store.truststore.password=" + TestKeys.PASSWORD);
    }

    private static String[] own(TestKeys keys) {
        return new String[] {
            "spring.ssl.bundle.jks.store.keystore.location=file:" + keys.keys(),
            "spring.ssl.bundle.jks.store.keystore.password=" + TestKeys.PASSWORD
        };
    }

    private void joins(ApplicationContextRunner runner) {
        runner.run(context -> {
            FleetMember member = context.getBean(FleetMember.class);
            await().until(member::isConnected);
        });
    }

    private void findsNoStore(ApplicationContextRunner runner) {
        runner.run(context -> {
            FleetMember member = context.getBean(FleetMember.class);
            await().until(() -> !logged.lines().isEmpty());
            assertThat(logged.lines().get(0))
                    .startsWith("WARN The store of the fleet cannot be reached (")
                    .doesNotContain(TestKeys.PASSWORD);
            assertThat(member.isConnected()).isFalse();
        });
    }

    @Test
    void joinThemWithWhatTheBundleTrusts() throws Exception {
        serve(store, false);
        joins(trusting(store));
    }

    @Test
    void joinThoseOfTheApplicationsOwnRedis() throws Exception {
        serve(store, false);
        joins(fleet(
                "spring.data.redis.host=127.0.0.1",
                "spring.data.redis.port=" + front.port(),
                "spring.data.redis.ssl.bundle=store",
                "spring.ssl.bundle.jks.store.truststore.location=file:" + store.trust(),
                "spring.ssl.bundle.jks.store.truststore.password=" + TestKeys.PASSWORD));
    }

    @Test
    void showTheCertificateOfTheBundle() throws Exception {
        serve(store, true);
        joins(trusting(store).withPropertyValues(own(shop)));
    }

    @Test
    void doNotJoinWithoutACertificateThatTheStoreWants() throws Exception {
        serve(store, true);
        findsNoStore(trusting(store));
    }

    @Test
    void doNotJoinAStoreThatTheBundleDoesNotTrust() throws Exception {
        serve(store, false);
        findsNoStore(trusting(elsewhere));
    }

    @Test
    void doNotJoinAStoreThatThePlatformDoesNotTrust() throws Exception {
        serve(store, false);
        findsNoStore(fleet("resilience.shared.uri=rediss://127.0.0.1:" + front.port()));
    }

    @Test
    void doNotJoinAStoreOfAnotherName() throws Exception {
        serve(elsewhere, false);
        findsNoStore(trusting(elsewhere));
    }

    @Test
    void useTheBundleAsItIsWithEachNewConnection() throws Exception {
        serve(store, false);
        trusting(elsewhere).run(context -> {
            FleetMember member = context.getBean(FleetMember.class);
            await().until(() -> !logged.lines().isEmpty());
            SslBundles bundles = context.getBean(SslBundles.class);
            trusting(store)
                    .run(renewed -> ((DefaultSslBundleRegistry) bundles)
                            .updateBundle(
                                    "store", renewed.getBean(SslBundles.class).getBundle("store")));
            await().until(member::isConnected);
        });
    }
}
