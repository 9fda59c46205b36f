package io.provision.cli;

import java.util.regex.Pattern;

/** Text with the passwords of the connection URLs in it covered up; the last net before a message is printed. */
final class Masked {

    /**
     * Greedy to the last @: a password may hold an @ or a slash that somebody forgot to encode. What a hint says of the
     * form of a URL is no password, and no user's name begins so.
     */
    private static final Pattern USER_INFO = Pattern.compile("(://(?!\\[user:password@])[^:/?#@\\s]*:)\\S*(?=@)");
    private static final Pattern PARAMETER =
            Pattern.compile("\\b((?:ssl)?password=)[^&\\s'\"]+", Pattern.CASE_INSENSITIVE);

    private Masked() {}

    static String of(String text) {
        return PARAMETER.matcher(USER_INFO.matcher(text).replaceAll("$1***")).replaceAll("$1***");
    }
}
