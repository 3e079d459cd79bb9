package dev.resilience.spring.autoconfigure;

import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** What the name of a header may look like. */
final class HeaderName {

    /** Follows "must be". */
    static final String ALLOWED = "a header name as RFC 9110 has it";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private HeaderName() {}

    static void require(String property, String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new InvalidConfigurationPropertyValueException(
                    property, name, "must be " + ALLOWED + ": 1 to 100 letters, digits and !#$%&'*+.^_`|~-");
        }
    }
}
