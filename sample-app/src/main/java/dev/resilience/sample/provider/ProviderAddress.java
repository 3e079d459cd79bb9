package dev.resilience.sample.provider;

import dev.resilience.sample.Region;
import java.net.URI;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Gives the provider a port and threads of its own: requests that hang there take none of the shop's. */
@Component
public class ProviderAddress implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Connector connector = new Connector();

    ProviderAddress(ProviderProperties properties) {
        connector.setPort(properties.port());
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setMaxThreads(properties.threads());
        }
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addAdditionalConnectors(connector);
    }

    /** Returns the address of something in the provider's installation for a region. */
    public URI uri(Region region, String path) {
        return URI.create("http://localhost:" + connector.getLocalPort() + "/provider/" + region + "/" + path);
    }
}
