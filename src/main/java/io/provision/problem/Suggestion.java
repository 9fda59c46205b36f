package io.provision.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that somebody who mistyped most likely meant. */
public final class Suggestion {

    private Suggestion() {}

    public static Optional<String> nearest(String typed, Collection<String> known) {
        int tolerance = Math.max(1, Math.min(3, typed.length() / 3));
        return known.stream()
                .filter(word -> Math.abs(word.length() - typed.length()) <= tolerance)
                .filter(word -> distance(typed, word) <= tolerance)
                .min(Comparator.<String>comparingInt(word -> distance(typed, word)).thenComparing(word -> word));
    }

    /** "did you mean …?" where there is a near word, otherwise what is known. */
    public static String remedy(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(word -> "did you mean `" + word + "`?")
                .orElseGet(() -> known.isEmpty() ? "there is none to choose from" : "known: " + some(known));
    }

    private static String some(Collection<String> known) {
        String first = String.join(", ", known.stream().limit(40).toList());
        return known.size() <= 40 ? first : first + ", and " + (known.size() - 40) + " more";
    }

    /** Edits of one letter (insert, delete, replace, swap of neighbours), case apart, `-` and `_` being one. */
    static int distance(String a, String b) {
        String from = a.toLowerCase(Locale.ROOT).replace('-', '_');
        String to = b.toLowerCase(Locale.ROOT).replace('-', '_');
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
