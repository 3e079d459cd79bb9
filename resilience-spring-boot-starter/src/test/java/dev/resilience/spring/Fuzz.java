package dev.resilience.spring;

import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Random inputs from a seed that is printed and can be given again ({@code -Dfuzz.seed=}), and the smallest of them that fails.
 * {@code -Dfuzz.times=} draws so many times as many inputs.
 */
public final class Fuzz {

    private static final int MOST_TRIES = 300;
    private static final String[] ODD = {
        "",
        " ",
        "\t",
        "\0",
        "\r\n",
        "\u001b[31m",
        "\u202e",
        "\u0660\u0661",
        "\ud83d\ude00",
        "\ud800",
        "\ufeff",
        "null",
        "NaN",
        "-0",
        "+1",
        "1e9",
        "0x10",
        "${x}",
        "${",
        "#{1}",
        "../..",
        "%00",
        "'\"",
        "<b>",
        "x".repeat(300),
        "9".repeat(40)
    };

    private Fuzz() {}

    /** What must hold for an input. */
    public interface Check<T> {
        void that(T input) throws Exception;
    }

    /**
     * Checks inputs.
     *
     * @param what of the inputs, in a word
     * @param smaller returns simpler inputs, the simplest first; none for the simplest
     */
    public static <T> void check(
            String what, int inputs, Function<Random, T> draw, Function<T, List<T>> smaller, Check<T> check) {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        int all = inputs * Integer.getInteger("fuzz.times", 1);
        System.out.printf("Fuzz: %,d %s, -Dfuzz.seed=%d%n", all, what, seed);
        Random random = new Random(seed);
        for (int drawn = 0; drawn < all; drawn++) {
            T input = draw.apply(random);
            Throwable failure = failure(input, check);
            if (failure != null) {
                throw smallest(input, failure, smaller, check, seed);
            }
        }
    }

    private static <T> AssertionError smallest(
            T found, Throwable why, Function<T, List<T>> smaller, Check<T> check, long seed) {
        T smallest = found;
        Throwable failure = why;
        int tries = 0;
        for (boolean shrunk = true; shrunk && tries < MOST_TRIES; ) {
            shrunk = false;
            for (T simpler : smaller.apply(smallest)) {
                tries++;
                Throwable its = failure(simpler, check);
                if (its != null) {
                    smallest = simpler;
                    failure = its;
                    shrunk = true;
                    break;
                }
            }
        }
        return new AssertionError("Fails with -Dfuzz.seed=" + seed + " for " + smallest + ": " + failure, failure);
    }

    /** Returns what an input fails with, whatever it is; null if it does not. */
    private static <T> Throwable failure(T input, Check<T> check) {
        try {
            check.that(input);
            return null;
        } catch (Throwable failed) {
            return failed;
        }
    }

    /** Returns one of them. */
    @SafeVarargs
    public static <T> T oneOf(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }

    /** Returns text that nobody expects. */
    public static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(4); parts >= 0; parts--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(oneOf(random, ODD));
                case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                case 2 -> text.append(random.nextInt());
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString();
    }

    /** Returns shorter texts. */
    public static List<String> shorter(String text) {
        int half = text.length() / 2;
        return text.isEmpty()
                ? List.of()
                : List.of(
                                "",
                                text.substring(0, half),
                                text.substring(half),
                                text.substring(1),
                                text.substring(0, text.length() - 1))
                        .stream()
                        .filter(part -> part.length() < text.length())
                        .toList();
    }
}
