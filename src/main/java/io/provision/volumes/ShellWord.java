package io.provision.volumes;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Quotes for the shell, in this one place. */
public final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private ShellWord() {}

    public static String quote(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        // A raw line break or escape would tear the line that a person reads, or drive the terminal.
        return CONTROL.matcher(word).find() ? escaped(word) : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String escaped(String word) {
        StringBuilder result = new StringBuilder("$'");
        word.codePoints().forEach(c -> {
            if (CONTROL.matcher(Character.toString(c)).find()) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    result.append("\\%03o".formatted(b & 0xff));
                }
            } else if (c == '\'' || c == '\\') {
                result.append('\\').appendCodePoint(c);
            } else {
                result.appendCodePoint(c);
            }
        });
        return result.append('\'').toString();
    }
}
