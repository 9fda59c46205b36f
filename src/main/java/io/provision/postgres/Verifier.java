package io.provision.postgres;

import org.postgresql.util.PasswordUtil;

/** Computes what the server keeps of a password, so that the plain text never reaches it or its log. */
public final class Verifier {

    private Verifier() {}

    /** A SCRAM-SHA-256 verifier with a salt of its own (RFC 5803). */
    public static String of(char[] password) {
        return PasswordUtil.encodeScramSha256(password);
    }
}
