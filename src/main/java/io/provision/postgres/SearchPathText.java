package io.provision.postgres;

import java.util.ArrayList;
import java.util.List;

/** Reads a search path as the catalog holds it: names joined with commas, quoted where they must be. */
public final class SearchPathText {

    private final String text;
    private int position;

    private SearchPathText(String text) {
        this.text = text;
    }

    public static List<String> parse(String text) {
        return new SearchPathText(text).names();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ',' || Character.isWhitespace(c)) {
                position++;
            } else if (c == '"') {
                names.add(quoted());
            } else {
                names.add(bare());
            }
        }
        return names;
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != '"') {
                name.append(c);
            } else if (position < text.length() && text.charAt(position) == '"') {
                name.append('"');
                position++;
            } else {
                break;
            }
        }
        return name.toString();
    }

    private String bare() {
        int start = position;
        while (position < text.length() && text.charAt(position) != ',') {
            position++;
        }
        return text.substring(start, position).strip();
    }
}
