package dev.resilience.spring.autoconfigure;

import dev.resilience.Name;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What somebody may have meant who misspelt a key or a name. */
final class NearMatches {

    private static final int MOST = 3;
    private static final int LONGEST = 150;

    private NearMatches() {}

    /** Returns {@code did you mean 'a' or 'b'?}, or else the words that there are. */
    static String hint(String written, Collection<String> known, String otherwise) {
        int nearest = known.stream()
                .mapToInt(candidate -> distance(written, candidate))
                .min()
                .orElse(Integer.MAX_VALUE);
        if (nearest > tolerated(written)) {
            return otherwise;
        }
        String near = known.stream()
                .filter(candidate -> distance(written, candidate) <= nearest + (nearest == 0 ? 0 : 1))
                .sorted(Comparator.comparingInt(candidate -> distance(written, candidate)))
                .limit(MOST)
                .map(candidate -> "'" + candidate + "'")
                .collect(Collectors.joining(" or "));
        return "did you mean " + near + "?";
    }

    private static int tolerated(String written) {
        return Math.max(1, Name.canonical(written).length() / 3);
    }

    private static int distance(String written, String known) {
        if (written.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        String lastOfKnown = known.substring(known.lastIndexOf('.') + 1);
        return Math.min(edits(written, known), edits(written, lastOfKnown));
    }

    /** Counts the letters to add, drop, change or swap with their neighbour that make one word the other. */
    private static int edits(String written, String known) {
        String a = Name.canonical(written);
        String b = Name.canonical(known);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, a, i, b, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int edits(int[][] edits, String a, int i, String b, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
