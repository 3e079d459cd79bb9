package dev.resilience.spring.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTests {

    private static String nodes(StoreAddress address) {
        return String.join(
                " ",
                address.uris().stream()
                        .map(each -> each.getHost() + ":" + each.getPort() + (each.isSsl() ? " tls" : ""))
                        .toList());
    }

    @Test
    void readsOneServer() {
        StoreAddress address = StoreAddress.of("rediss://ann:secret@store.internal:6380/3?verifyPeer=CA");
        assertThat(nodes(address)).isEqualTo("store.internal:6380 tls");
        assertThat(address.isCluster()).isFalse();
        assertThat(address.uris().get(0).getDatabase()).isEqualTo(3);
        assertThat(address.uris().get(0).getVerifyMode()).isEqualTo(SslVerifyMode.CA);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://my_store:6380, my_store:6380",
        "redis://:secret@my_store, my_store:6379",
        "redis://[::1]:6380, [::1]:6380",
        "redis://127.0.0.1, 127.0.0.1:6379"
    })
    void readsNamesAndNumbers(String uri, String node) {
        assertThat(nodes(StoreAddress.of(uri))).isEqualTo(node);
    }

    @Test
    void readsSentinels() {
        RedisURI uri = StoreAddress.of("redis-sentinel://:secret@a:1,b?sentinelMasterId=store")
                .uris()
                .get(0);
        assertThat(uri.getSentinelMasterId()).isEqualTo("store");
        assertThat(uri.getSentinels())
                .extracting(each -> each.getHost() + ":" + each.getPort())
                .containsExactly("a:1", "b:26379");
    }

    @Test
    void readsNodesOfACluster() {
        StoreAddress address = StoreAddress.ofCluster("rediss://ann:secret@a:1,b:2,c");
        assertThat(address.isCluster()).isTrue();
        assertThat(nodes(address)).isEqualTo("a:1 tls b:2 tls c:6379 tls");
    }

    @Test
    void readsTheOneNameThatAClusterHas() {
        assertThat(nodes(StoreAddress.ofCluster("redis://store.internal:6380"))).isEqualTo("store.internal:6380");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:secret@a:1,b:2",
                "redis://:secret@host:port:bad",
                "redis://:secret@host/database",
                "redis-sentinel://:secret@a:1",
                "http://:secret@a:1",
                ":secret",
                "redis://:secret@%zz",
                ""
            })
    void refusesWhatIsNoServerAndDoesNotShowIt(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreAddress.of(uri))
                .withMessage(
                        "Invalid address of a store (not shown): must be redis://host:port, rediss://host:port for TLS,"
                                + " or redis-sentinel://host:port,host:port?sentinelMasterId=name")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis-sentinel://:secret@a:1,b:2?sentinelMasterId=store", "redis://:secret@a:1,b:bad", "secret"
            })
    void refusesWhatIsNoClusterAndDoesNotShowIt(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoreAddress.ofCluster(uri))
                .withMessageStartingWith("Invalid address of a store (not shown): must be redis://host:port,host:port")
                .withNoCause();
    }

    @Test
    void showsNoPasswordInItsText() {
        assertThat(StoreAddress.of("redis://ann:secret@a:1").toString())
                .contains("a:1")
                .doesNotContain("secret");
        assertThat(StoreAddress.of("redis-sentinel://ann:secret@a:1?sentinelMasterId=store")
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void isReachedByTlsWithKeysOfItsOwnWhateverItSaid() {
        assertThat(nodes(StoreAddress.ofCluster("redis://a:1,b:2").withSsl(SslOptions::create)))
                .isEqualTo("a:1 tls b:2 tls");
    }

    @Test
    void asksSentinelsByTlsToo() {
        StoreAddress plain = StoreAddress.of("redis-sentinel://a:1,b:2?sentinelMasterId=store");
        RedisURI encrypted = plain.withSsl(SslOptions::create).uris().get(0);
        assertThat(encrypted.getSentinelMasterId()).isEqualTo("store");
        assertThat(encrypted.getSentinels()).hasSize(2).allMatch(RedisURI::isSsl);
        assertThat(plain.uris().get(0).getSentinels()).noneMatch(RedisURI::isSsl);
    }

    @Test
    void namesAServer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreAddress(List.of(), false, null))
                .withMessage("Invalid uris (none): must name a server");
    }
}
