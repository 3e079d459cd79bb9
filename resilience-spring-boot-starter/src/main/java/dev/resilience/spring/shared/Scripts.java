package dev.resilience.spring.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The scripts of the protocol, by the names of their files.
 *
 * <p>Those of one breaker share a beginning, which is put in front of them here: Redis has no way to include one in another.
 */
final class Scripts {

    static final String SYNC = "sync";
    static final String BEAT = "beat";

    private static final String BEGINNING = "breaker";
    private static final String[] OPERATIONS = {
        "tick", "open", "unvote", "claim", "result", "close", "force", "release", "reset", "restore"
    };

    private final Map<String, Script> byName = new TreeMap<>();

    Scripts() {
        this(UnaryOperator.identity());
    }

    /** Reads the scripts and lets an operator change their text; tests put a clock of their own into them. */
    Scripts(UnaryOperator<String> edit) {
        String beginning = file(BEGINNING);
        for (String operation : OPERATIONS) {
            byName.put(operation, Script.of(edit.apply(beginning + file(operation))));
        }
        Stream.of(SYNC, BEAT).forEach(name -> byName.put(name, Script.of(edit.apply(file(name)))));
    }

    Script named(String name) {
        Script script = byName.get(name);
        if (script == null) {
            throw new IllegalArgumentException("No script '%s'; there are %s".formatted(name, byName.keySet()));
        }
        return script;
    }

    private static String file(String name) {
        String path = name + ".lua";
        try (InputStream in = Scripts.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The resource '%s' of %s is missing".formatted(path, Scripts.class));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
