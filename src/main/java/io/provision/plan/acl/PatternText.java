package io.provision.plan.acl;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The words of a rule, which are bytes and need be no UTF-8, as text that loses none of them. A byte that is no text
 * stands in it as a character for private use, U+EF80 to U+EFFF (as MirBSD has it); whoever wrote these characters
 * himself has their bytes taken one by one.
 */
public final class PatternText {

    private static final char FIRST_RAW = '\uef80';
    private static final char LAST_RAW = '\uefff';
    private static final int FIRST_BYTE = 0x80;
    private static final int LONGEST = 4;

    private PatternText() {}

    public static String of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 && text.chars().noneMatch(PatternText::isRaw) ? text : byteByByte(bytes);
    }

    private static String byteByByte(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < bytes.length) {
            Optional<String> next = character(bytes, at);
            text.append(next.orElse(String.valueOf((char) (FIRST_RAW - FIRST_BYTE + (bytes[at] & 0xff)))));
            at += next.map(c -> c.getBytes(StandardCharsets.UTF_8).length).orElse(1);
        }
        return text.toString();
    }

    /** Empty where none begins there that is no raw byte of ours. */
    private static Optional<String> character(byte[] bytes, int at) {
        for (int length = 1; length <= Math.min(LONGEST, bytes.length - at); length++) {
            try {
                String one = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
                return Optional.of(one).filter(character -> !isRaw(character.charAt(0)));
            } catch (CharacterCodingException e) {
                // It may be longer.
            }
        }
        return Optional.empty();
    }

    /** What {@link #of} made of it. */
    public static byte[] bytes(String text) {
        if (text.chars().noneMatch(PatternText::isRaw)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> bytes.writeBytes(isRaw(c)
                ? new byte[] {(byte) (c - FIRST_RAW + FIRST_BYTE)}
                : Character.toString(c).getBytes(StandardCharsets.UTF_8)));
        return bytes.toByteArray();
    }

    /** What is no text, or cannot be seen, stands in quotes, as redis-cli takes it. */
    public static String shown(String text) {
        return text.codePoints().noneMatch(PatternText::isHidden) ? text : quoted(text);
    }

    /** In quotes, as redis-cli takes it. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                for (byte one : bytes(Character.toString(c))) {
                    quoted.append("\\x%02x".formatted(one));
                }
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isHidden(int c) {
        return isRaw(c) || Character.isISOControl(c);
    }

    private static boolean isRaw(int c) {
        return c >= FIRST_RAW && c <= LAST_RAW;
    }
}
