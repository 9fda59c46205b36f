package io.provision.plan;

/**
 * What the tool writes into the comment of the journal's schema ({@code postgres.md}, "Journal"): queries tell the
 * journal by it, and tools its version.
 */
public final class JournalMark {

    private static final String PREFIX = "provision journal ";

    /** That of the tables and of what their entries mean: whoever knows less must not undo by them. */
    private static final int VERSION = 1;

    /** What this version of the tool writes. */
    public static final String TEXT = PREFIX + VERSION;

    /** Every version's, as {@code LIKE} takes it. */
    public static final String PATTERN = PREFIX + "%";

    private JournalMark() {}

    /** @param mark the comment of a schema that {@link #PATTERN} fits */
    public static boolean isKnown(String mark) {
        String version = mark.substring(PREFIX.length());
        return version.matches("[1-9]\\d{0,8}") && Integer.parseInt(version) <= VERSION;
    }
}
