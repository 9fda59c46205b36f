package io.provision.redis;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** What a Redis keeps of a password: its SHA-256. Its text shows nothing of it: short passwords can be tried. */
public final class PasswordHash {

    private final String hex;

    PasswordHash(String hex) {
        this.hex = Objects.requireNonNull(hex, "hex");
    }

    /** The plain text never reaches the server, its log, or its ACL LOG. */
    public static PasswordHash of(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
        try {
            return new PasswordHash(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** As {@code ACL SETUSER} takes it. */
    String word() {
        return "#" + hex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash hash && hash.hex.equals(hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return "#…";
    }
}
