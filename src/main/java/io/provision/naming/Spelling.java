package io.provision.naming;

import java.util.List;
import java.util.Locale;

/** How the rules spell a name: {@code snake} and {@code lower} of {@code naming.md}, "The rules". */
final class Spelling {

    private Spelling() {}

    static String snake(String name) {
        return name.replace('-', '_');
    }

    /** ASCII lower case: leaves every other letter alone, on a Turkish machine as on any. */
    static String lower(String name) {
        StringBuilder lowered = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            lowered.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lowered.toString();
    }

    /** The identifier that unquoted SQL can carry: both of the above. */
    static String identifier(String name) {
        return lower(snake(name));
    }

    /** The first {@code count} segments, or as many as there are, joined. */
    static String head(List<String> segments, int count, String joint) {
        return String.join(joint, segments.subList(0, Math.min(count, segments.size())));
    }

    /** For comparing what a case-blind file system would hold to be one. */
    static String withoutCase(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
