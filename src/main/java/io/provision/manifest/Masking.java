package io.provision.manifest;

import java.util.regex.Pattern;

/** Takes the passwords out of connection URLs. */
final class Masking {

    /** Greedy to the last @: a password may hold an @ or a slash that somebody forgot to encode. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)([^:/?#@\\s]*):\\S*@");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)([?&;](?:[a-z]*password|pass|pwd|auth|token|secret)=)[^&;\\s]*");

    private Masking() {}

    static String passwords(String text) {
        String masked = USER_INFO.matcher(text).replaceAll("$1:***@");
        return PARAMETER.matcher(masked).replaceAll("$1***");
    }
}
