package dev.resilience.spring.autoconfigure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What a class logs during a test, whatever format the console has. */
final class Logged implements BeforeEachCallback, AfterEachCallback {

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Class<?> source;

    Logged(Class<?> source) {
        this.source = source;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        logger().setLevel(Level.INFO);
        appender.start();
        logger().addAppender(appender);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger().detachAppender(appender);
        logger().setLevel(null);
    }

    private Logger logger() {
        return (Logger) LoggerFactory.getLogger(source);
    }

    /** Returns the lines so far, with their level and newlines as in Java source. */
    List<String> lines() {
        return appender.list.stream()
                .map(event ->
                        event.getLevel() + " " + event.getFormattedMessage().replace(System.lineSeparator(), "\n"))
                .toList();
    }
}
