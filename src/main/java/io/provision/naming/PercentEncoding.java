package io.provision.naming;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names as URLs write them (RFC 3986, 2.1). */
public final class PercentEncoding {

    /** Possessive: of a text of some thousand characters, each place to go back to would take of the stack. */
    private static final Pattern ENCODED = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");

    private PercentEncoding() {}

    /** @return empty where a percent sign is not followed by two hexadecimal digits */
    public static Optional<String> decoded(String text) {
        return Optional.of(text)
                .filter(encoded -> ENCODED.matcher(encoded).matches())
                // URLDecoder is made for forms, where a plus is a space.
                .map(encoded -> URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
