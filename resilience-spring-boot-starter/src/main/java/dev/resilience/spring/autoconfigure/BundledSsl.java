package dev.resilience.spring.autoconfigure;

import io.lettuce.core.SslOptions;
import java.util.function.Supplier;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Keys and trust of an SSL bundle, as they are when they are asked for: a bundle can be reloaded while the application runs. */
record BundledSsl(SslBundles bundles, String name) implements Supplier<SslOptions> {

    @Override
    public SslOptions get() {
        SslBundle bundle = bundles.getBundle(name);
        SslOptions.Builder options = SslOptions.builder()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        String[] ciphers = bundle.getOptions().getCiphers();
        if (ciphers != null) {
            options.cipherSuites(ciphers);
        }
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) {
            options.protocols(protocols);
        }
        return options.build();
    }
}
