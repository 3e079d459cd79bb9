package dev.resilience.spring.http;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that a request's header was of no use; whoever sent it must not be able to write lines of his own there. */
final class IgnoredHeader {

    private static final Logger log = LoggerFactory.getLogger(IgnoredHeader.class);
    private static final int LONGEST = 40;

    private IgnoredHeader() {}

    static void log(String name, List<String> lines, String rule) {
        if (!log.isDebugEnabled()) {
            return;
        }
        if (lines.size() == 1) {
            log.debug("Ignored the request header {}: {}; got '{}'", name, rule, shown(lines.get(0)));
        } else {
            log.debug("Ignored the request header {}: {}; got {} of them", name, rule, lines.size());
        }
    }

    /** All but printable ASCII goes, because letters of other scripts can turn or hide what is shown after them. */
    private static String shown(String value) {
        String start = value.length() <= LONGEST ? value : value.substring(0, LONGEST - 3) + "...";
        return start.replaceAll("[^ -~]", "?");
    }
}
