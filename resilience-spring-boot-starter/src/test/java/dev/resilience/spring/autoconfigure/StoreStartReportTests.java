package dev.resilience.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;

/** What a person reads whose application does not start because of where its fleet's store is said to be. */
class StoreStartReportTests {

    private static String report(String yaml) {
        return Configured.description(Configured.by(yaml)
                .withConfiguration(AutoConfigurations.of(FleetAutoConfiguration.class, SslAutoConfiguration.class))
                .withPropertyValues("resilience.shared.enabled=true", "resilience.shared.namespace=shop"));
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(report("spring.application.name: shop")).isEqualTo("""
                        Invalid configuration under 'resilience':

                            Property: resilience.shared.uri
                            Reason: must say where the store is, as redis://host:port, where spring.data.redis has no url, host, cluster.nodes or sentinel""");
    }

    @Test
    void saysWhereAUriIsWrittenThatIsNoneAndDoesNotShowIt() {
        assertThat(report("""
                        resilience:
                          shared:
                            uri: redis://ann:secret@host:port
                        """)).isEqualTo("""
                        Invalid configuration under 'resilience':

                            Property: resilience.shared.uri
                            Origin: Byte array resource [application.yml] - 3:10
                            Reason: must be redis://host:port, rediss://host:port for TLS, or redis-sentinel://host:port,host:port?sentinelMasterId=name""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: http://ann:secret@h:1 | url | must be redis://host:port, rediss",
                "url: 'redis://ann:secret@h:1,i:2' | url | must be redis://host:port, rediss",
                "'{host: h, port: 70000, password: secret}' | port | must be 1 to 65535",
                "'{host: h, database: -1, password: secret}' | database | must be at least 0",
                "cluster.nodes: redis://secret@h:1 | cluster.nodes | must name each node as host:port",
                "cluster.nodes: h | cluster.nodes | must name each node as host:port",
                "cluster.nodes: 'h:1,h:70000' | cluster.nodes | must name each node as host:port",
                "cluster.nodes: '' | cluster.nodes | must name at least one node as host:port",
                "sentinel.nodes: h:1 | sentinel.master | must be the name under which the Sentinels watch the store",
                "sentinel.master: store | sentinel.nodes | must name at least one node as host:port",
                "'{host: h, ssl.bundle: none}' | ssl.bundle | must name a bundle under spring.ssl.bundle; there is none",
            })
    void namesTheKeyOfSpringDataThatMakesNoSense(String yaml, String key, String reason) {
        String trimmed = yaml.startsWith("{") ? yaml : "{" + yaml + "}";
        assertThat(report("spring.data.redis: " + trimmed))
                .startsWith("Invalid configuration under 'spring.data.redis':")
                .contains("Property: spring.data.redis." + key + "\n")
                .contains("Reason: " + reason)
                .doesNotContain("secret");
    }

    @Test
    void saysThatOnlyAUriCanBeOfACluster() {
        assertThat(report("""
                        spring.data.redis.host: h
                        resilience.shared.cluster: true
                        """))
                .contains("Property: resilience.shared.cluster\n")
                .contains("Value: \"true\"\n")
                .contains("Reason: says of what kind resilience.shared.uri is, and there is none;");
    }

    @Test
    void saysThatSentinelsAreNoCluster() {
        assertThat(report("""
                        resilience.shared.cluster: true
                        resilience.shared.uri: redis-sentinel://:secret@h:1?sentinelMasterId=store
                        """))
                .contains("Property: resilience.shared.uri\n")
                .contains("Reason: must be redis://host:port,host:port, or rediss://host:port,host:port for TLS,")
                .doesNotContain("secret");
    }

    @Test
    void saysWhichBundlesThereAre() {
        assertThat(report("""
                        resilience.shared.uri: rediss://h:1
                        resilience.shared.ssl-bundle: stroe
                        spring.ssl.bundle.jks.store.truststore.location: file:none.p12
                        """))
                .contains("Property: resilience.shared.ssl-bundle\n")
                .contains("Value: \"stroe\"\n")
                .contains("Reason: must name a bundle under spring.ssl.bundle; there are store");
    }

    @Test
    void saysThatABundleCannotBeReadAndDoesNotShowWhatIsInIt() {
        assertThat(report("""
                        resilience.shared.uri: rediss://h:1
                        resilience.shared.ssl-bundle: store
                        spring.ssl.bundle.pem.store.keystore.certificate: secret
                        """))
                .contains("Property: resilience.shared.ssl-bundle\n")
                .contains("Reason: must name a bundle whose keys and certificates can be read: ")
                .doesNotContain("secret");
    }
}
