package io.provision.postgres.migration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows a person the line of a text that something was found in. */
final class TextLines {

    private static final int LONGEST = 80;

    private TextLines() {}

    static Optional<String> first(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(around(text, matcher.start())) : Optional.empty();
    }

    /** The line that a place is in, shortened around it. */
    static String around(String text, int place) {
        int start = text.lastIndexOf('\n', Math.max(0, place - 1)) + 1;
        int end = text.indexOf('\n', place);
        String line = text.substring(Math.min(start, place), end < 0 ? text.length() : end);
        int at = place - Math.min(start, place);
        if (line.strip().length() <= LONGEST) {
            return line.strip();
        }
        int from = Math.max(0, at - LONGEST / 2);
        int to = Math.min(line.length(), from + LONGEST);
        return (from > 0 ? "…" : "") + line.substring(from, to).strip() + (to < line.length() ? "…" : "");
    }
}
