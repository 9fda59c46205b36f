package io.provision.postgres;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.postgresql.util.PasswordUtil;

/** Computes what the server keeps of a password, so that the plain text never reaches it or its log. */
public final class Verifier {

    /** What PostgreSQL itself takes. */
    static final int ITERATIONS = 4096;

    private static final int SALT = 16;
    private static final int LONGEST = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Verifier() {}

    /** A SCRAM-SHA-256 verifier with a salt of its own (RFC 5803). */
    public static String of(char[] password) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return of(password, salt);
    }

    static String of(char[] password, byte[] salt) {
        return isPlain(password) ? ofPlain(password, salt) : PasswordUtil.encodeScramSha256(password, ITERATIONS, salt);
    }

    /** Whether SASLprep (RFC 4013) leaves it as it is, and HMAC takes it as it is. */
    private static boolean isPlain(char[] password) {
        return password.length > 0 && password.length <= LONGEST
                && CharBuffer.wrap(password).chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static String ofPlain(char[] password, byte[] salt) {
        ByteBuffer key = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[key.remaining()];
        key.get(bytes);
        HmacSha256 salted = new HmacSha256(new HmacSha256(bytes).stretched(salt, ITERATIONS));
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(key.array(), (byte) 0);
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$%d:%s$%s:%s".formatted(
                ITERATIONS,
                base64.encodeToString(salt),
                base64.encodeToString(digest(salted.of("Client Key"))),
                base64.encodeToString(salted.of("Server Key")));
    }

    private static byte[] digest(byte[] of) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
