package io.provision.report;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * JSON that says the same in characters that everybody sees: what a terminal acts on, or hides, stands in it as {@code
 * \\u009b}. Jackson escapes of these only what JSON wants escaped, those below the blank.
 */
final class EscapedJson extends FilterWriter {

    EscapedJson(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        if (isVisible((char) c)) {
            out.write(c);
        } else {
            out.write("\\u%04x".formatted(c & 0xffff));
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        int written = offset;
        for (int i = offset; i < offset + length; i++) {
            if (!isVisible(text[i])) {
                out.write(text, written, i - written);
                write(text[i]);
                written = i + 1;
            }
        }
        out.write(text, written, offset + length - written);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        write(text.toCharArray(), offset, length);
    }

    /**
     * A line end stands between values alone: inside one it is escaped already. Of a character that takes two, one may
     * come without the other, and neither says whether it can be seen (U+E0041 cannot).
     */
    private static boolean isVisible(char c) {
        if (c < '\u007f') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
