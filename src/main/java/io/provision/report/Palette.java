package io.provision.report;

/** Colours, or none. */
public enum Palette {
    PLAIN,
    COLOR;

    public String error(String text) {
        return paint("1;31", text);
    }

    public String warning(String text) {
        return paint("33", text);
    }

    public String good(String text) {
        return paint("32", text);
    }

    public String heading(String text) {
        return paint("1", text);
    }

    public String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
