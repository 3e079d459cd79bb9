package dev.resilience.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application on a real server with a port of its own, and without Spring Security. */
public record TestServer(ConfigurableApplicationContext context, HttpClient client) implements AutoCloseable {

    private static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + Stream.of(
                            "web.servlet.ServletWebSecurityAutoConfiguration",
                            "web.servlet.SecurityFilterAutoConfiguration",
                            "web.reactive.ReactiveWebSecurityAutoConfiguration",
                            "actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                            "actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
                            "UserDetailsServiceAutoConfiguration",
                            "ReactiveUserDetailsServiceAutoConfiguration")
                    .map(type -> "org.springframework.boot.security.autoconfigure." + type)
                    .collect(Collectors.joining(","));

    public static TestServer start(Class<?> application, WebApplicationType type, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(type)
                .properties("server.port=0", "spring.main.banner-mode=off", WITHOUT_SECURITY)
                .properties(properties)
                .run();
        return new TestServer(context, HttpClient.newHttpClient());
    }

    public HttpResponse<String> get(String path, String... headers) {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new IllegalStateException("No answer", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
