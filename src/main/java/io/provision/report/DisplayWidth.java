package io.provision.report;

import java.util.regex.Pattern;

/** How many columns of a terminal a text takes: two for East Asian wide characters, none for marks and colours. */
final class DisplayWidth {

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private DisplayWidth() {}

    static int of(String text) {
        return COLOUR.matcher(text).replaceAll("").codePoints().map(DisplayWidth::of).sum();
    }

    /** The text itself where it fits, otherwise as much of it as fits before an ellipsis, without its colours. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int used = 1;
        for (int codePoint : COLOUR.matcher(text).replaceAll("").codePoints().toArray()) {
            used += of(codePoint);
            if (used > columns) {
                break;
            }
            cut.appendCodePoint(codePoint);
        }
        return cut.append('…').toString();
    }

    static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    private static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default -> wide(codePoint) ? 2 : 1;
        };
    }

    /** The ranges that Unicode's EastAsianWidth.txt calls W and F, rounded to blocks. */
    private static boolean wide(int c) {
        return c >= 0x1100 && (c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF && c != 0x303F
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x1F300 && c <= 0x1F64F
                || c >= 0x1F900 && c <= 0x1F9FF
                || c >= 0x20000 && c <= 0x3FFFD);
    }
}
