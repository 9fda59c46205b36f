package io.provision.report;

/** Colours, or none. */
public enum Palette {
    PLAIN,
    COLOR;

    /** What follows the escape character in what is painted, as a regular expression. */
    static final String CODES = "\\[(?:1;31|33|32|1|2|0)m";

    String error(String text) {
        return paint("1;31", text);
    }

    String warning(String text) {
        return paint("33", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String heading(String text) {
        return paint("1", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
