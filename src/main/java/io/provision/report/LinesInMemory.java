package io.provision.report;

import java.util.Arrays;
import java.util.List;

/** The lines of a text, counted from 0. Each has its end with it, which the last one may lack. */
final class LinesInMemory {

    private final List<String> pieces;
    /** Of each piece, its first line. */
    private final int[] firsts;
    /** Of each line, where in its piece it begins. */
    private final int[] starts;

    /** @param text in pieces, each of which but the last ends where a line does */
    LinesInMemory(List<String> text) {
        pieces = text.stream().filter(piece -> !piece.isEmpty()).toList();
        firsts = new int[pieces.size()];
        int lines = 0;
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = lines;
            lines += count(pieces.get(i), i == firsts.length - 1);
        }
        starts = new int[lines];
        for (int i = 0; i < firsts.length; i++) {
            findStarts(pieces.get(i), firsts[i]);
        }
    }

    private static int count(String piece, boolean last) {
        int lines = 0;
        for (int end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', end + 1)) {
            lines++;
        }
        if (piece.endsWith("\n")) {
            return lines;
        }
        if (!last) {
            throw new IllegalArgumentException("a piece of a text ends within a line");
        }
        return lines + 1;
    }

    private void findStarts(String piece, int first) {
        int line = first;
        for (int start = 0; start < piece.length(); start = end(piece, start)) {
            starts[line] = start;
            line++;
        }
    }

    private static int end(String piece, int start) {
        int end = piece.indexOf('\n', start);
        return end < 0 ? piece.length() : end + 1;
    }

    int size() {
        return starts.length;
    }

    String line(int line) {
        String piece = pieceOf(line);
        return piece.substring(starts[line], end(piece, starts[line]));
    }

    boolean reads(int line, String text) {
        String piece = pieceOf(line);
        return piece.startsWith(text, starts[line])
                && (text.endsWith("\n") || starts[line] + text.length() == piece.length());
    }

    private String pieceOf(int line) {
        int found = Arrays.binarySearch(firsts, line);
        return pieces.get(found >= 0 ? found : -found - 2);
    }
}
