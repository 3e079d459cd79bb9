package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resilience.spring.shared.StoreAddress;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.mock.env.MockEnvironment;

/** What keys of a fleet's store mean. */
class ConfiguredStoreTests {

    private final MockEnvironment environment = new MockEnvironment();
    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("store", SslBundle.systemDefault());

    private StoreAddress address(String... properties) {
        for (String property : properties) {
            String[] parts = property.split("=", 2);
            environment.setProperty(parts[0], parts[1]);
        }
        SharedProperties shared = Binder.get(environment).bindOrCreate("resilience.shared", SharedProperties.class);
        return new ConfiguredStore(shared, environment, bundles).address();
    }

    /** Returns an address as {@code [tls ][user[:password]@]host:port[/database]}. */
    private static String shown(RedisURI uri) {
        RedisCredentials credentials =
                uri.getCredentialsProvider().resolveCredentials().block();
        String user = credentials == null || !credentials.hasUsername() ? "" : credentials.getUsername();
        String password =
                credentials == null || !credentials.hasPassword() ? "" : ":" + new String(credentials.getPassword());
        String who = user + password;
        return (uri.isSsl() ? "tls " : "")
                + (who.isEmpty() ? "" : who + "@")
                + (uri.getHost() == null ? uri.getSentinelMasterId() : uri.getHost() + ":" + uri.getPort())
                + (uri.getDatabase() == 0 ? "" : "/" + uri.getDatabase());
    }

    private static String shown(StoreAddress address) {
        return String.join(
                ", ", address.uris().stream().map(ConfiguredStoreTests::shown).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host=h | h:6379",
                "host=h;port=1;username=ann;password=p@:/%s | ann:p@:/%s@h:1",
                "host=h;password=p;database=3 | :p@h:6379/3",
                "host=h;username=ann | h:6379",
                "host=h;ssl.enabled=true | tls h:6379",
                "host=h;ssl.bundle=store | tls h:6379",
                "host=h;ssl.bundle=store;ssl.enabled=false | h:6379",
                "url=redis://ann:p%40@u:2/4;host=h;port=1;password=other | ann:p@@u:2/4",
                "url=rediss://u:2 | tls u:2",
                "url=redis://u:2;ssl.enabled=true | tls u:2",
            })
    void isThatOfTheApplication(String keys, String address) {
        StoreAddress store =
                address(keys.replaceAll("^|;", "$0spring.data.redis.").split(";", -1));
        assertThat(shown(store)).isEqualTo(address);
        assertThat(store.isCluster()).isFalse();
    }

    @Test
    void isTheClusterOfTheApplication() {
        StoreAddress store = address(
                "spring.data.redis.cluster.nodes=a:1, b:2,[::1]:3",
                "spring.data.redis.host=h",
                "spring.data.redis.username=ann",
                "spring.data.redis.password=p",
                "spring.data.redis.ssl.enabled=true");
        assertThat(store.isCluster()).isTrue();
        assertThat(shown(store)).isEqualTo("tls ann:p@a:1, tls ann:p@b:2, tls ann:p@[::1]:3");
    }

    @Test
    void isTheMasterThatTheSentinelsOfTheApplicationName() {
        StoreAddress store = address(
                "spring.data.redis.sentinel.master=store",
                "spring.data.redis.sentinel.nodes[0]=a:1",
                "spring.data.redis.sentinel.nodes[1]=b:2",
                "spring.data.redis.sentinel.username=watcher",
                "spring.data.redis.sentinel.password=w",
                "spring.data.redis.cluster.nodes=c:3",
                "spring.data.redis.username=ann",
                "spring.data.redis.password=p",
                "spring.data.redis.database=2",
                "spring.data.redis.ssl.enabled=true");
        assertThat(store.isCluster()).isFalse();
        assertThat(shown(store)).isEqualTo("tls ann:p@store/2");
        assertThat(store.uris().get(0).getSentinels())
                .extracting(ConfiguredStoreTests::shown)
                .containsExactly("tls watcher:w@a:1", "tls watcher:w@b:2");
    }

    @Test
    void sendsTheCredentialsOfTheStoreToNoSentinel() {
        StoreAddress store = address(
                "spring.data.redis.sentinel.master=store",
                "spring.data.redis.sentinel.nodes=a:1",
                "spring.data.redis.password=p");
        assertThat(store.uris().get(0).getSentinels())
                .extracting(ConfiguredStoreTests::shown)
                .containsExactly("a:1");
    }

    @Test
    void isAnotherThanThatOfTheApplicationWhereItHasAUri() {
        StoreAddress store = address(
                "resilience.shared.uri=redis://own:1",
                "spring.data.redis.cluster.nodes=a:1",
                "spring.data.redis.password=p",
                "spring.data.redis.ssl.bundle=unknown");
        assertThat(store.isCluster()).isFalse();
        assertThat(shown(store)).isEqualTo("own:1");
    }

    @Test
    void isAClusterWhereTheKeySaysSo() {
        StoreAddress store = address("resilience.shared.uri=rediss://ann:p@a:1,b:2", "resilience.shared.cluster=true");
        assertThat(store.isCluster()).isTrue();
        assertThat(shown(store)).isEqualTo("tls ann:p@a:1, tls ann:p@b:2");
    }

    @Test
    void isAMasterWhereTheUriNamesSentinels() {
        StoreAddress store = address("resilience.shared.uri=rediss-sentinel://:p@a:1,b:2?sentinelMasterId=store");
        assertThat(shown(store)).isEqualTo("tls :p@store");
        assertThat(store.uris().get(0).getSentinels())
                .extracting(ConfiguredStoreTests::shown)
                .containsExactly("tls a:1", "tls b:2");
    }

    @Test
    void isReachedByTlsWithABundleOfItsOwn() {
        StoreAddress store = address("resilience.shared.uri=redis://own:1", "resilience.shared.ssl-bundle=store");
        assertThat(shown(store)).isEqualTo("tls own:1");
        assertThat(store.ssl()).isEqualTo(new BundledSsl(bundles, "store"));
    }

    @Test
    void takesItsOwnBundleForTheStoreOfTheApplicationToo() {
        bundles.registerBundle("own", SslBundle.systemDefault());
        StoreAddress store = address(
                "spring.data.redis.host=h", "spring.data.redis.ssl.bundle=store", "resilience.shared.ssl-bundle=own");
        assertThat(store.ssl()).isEqualTo(new BundledSsl(bundles, "own"));
    }

    @Test
    void takesWhatTheJavaPlatformTrustsWhereThereIsNoBundle() {
        assertThat(address("resilience.shared.uri=rediss://own:1").ssl()).isNull();
    }
}
