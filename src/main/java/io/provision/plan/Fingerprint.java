package io.provision.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether a plan is still the one that somebody agreed to: another fingerprint means that it is stale. */
public final class Fingerprint {

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @return SHA-256 of the text, lower-case hex */
    public static String of(String text) {
        return new Fingerprint().with(text).text();
    }

    /** Piece by piece: the text of ten thousand instances is larger than all the rest of them. */
    Fingerprint with(String piece) {
        digest.update(piece.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Once: it begins anew then. */
    String text() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
