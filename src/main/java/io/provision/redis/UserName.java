package io.provision.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a server calls a user: bytes, which need be no text, so that one who hides in such a name is not overlooked. */
final class UserName {

    private final byte[] bytes;
    private final String text;

    UserName(byte[] bytes) {
        this.bytes = bytes.clone();
        this.text = new String(bytes, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    boolean isText() {
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** What is no text stands in quotes, as redis-cli takes it. */
    @Override
    public String toString() {
        if (isText()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (byte one : bytes) {
            boolean plain = one > ' ' && one < 0x7f && one != '"' && one != '\\';
            quoted.append(plain ? String.valueOf((char) one) : "\\x%02x".formatted(one));
        }
        return quoted.append('"').toString();
    }
}
