package io.provision.report;

import java.util.regex.Pattern;

/**
 * Text in which names stand that somebody else chose: whoever may make a table does not write on the terminal of who
 * looks at it, and does not add lines to what that one is asked to agree to.
 */
public final class Legible {

    private static final Pattern FOREIGN = Pattern.compile(
            "\u001b(?!" + Palette.CODES + ")|[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t\u001b]]");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n\t]]");
    private static final Pattern LINE_END = Pattern.compile("\\R");

    private Legible() {}

    /** With the line ends and the colours that the tool itself writes. */
    public static String text(String text) {
        return text.chars().allMatch(Legible::isPlain) ? text : FOREIGN.matcher(text).replaceAll("?");
    }

    /** With its line ends alone, for what the tool writes no colours into: files, and what goes into pages. */
    static String colourless(String text) {
        return text.chars().allMatch(Legible::isPlain) ? text : INVISIBLE.matcher(text).replaceAll("?");
    }

    /** What is to be one line, before it is painted. */
    static String line(String text) {
        return colourless(LINE_END.matcher(text).replaceAll(" "));
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' || c == '\n' || c == '\t';
    }
}
