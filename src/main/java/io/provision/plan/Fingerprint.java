package io.provision.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells whether a plan is still the one that somebody agreed to: another fingerprint means that it is stale. Worked out
 * when it is asked for: most plans are only looked at, and their text is long.
 */
public final class Fingerprint {

    /** Forgotten as soon as it was read: what it is of may be all that ten thousand instances have. */
    private Consumer<Consumer<String>> text;

    private Optional<String> hex = Optional.empty();

    /** @param text hands over its pieces: that of ten thousand instances is larger than all the rest of them */
    Fingerprint(Consumer<Consumer<String>> text) {
        this.text = text;
    }

    public static Fingerprint of(String text) {
        return new Fingerprint(pieces -> pieces.accept(text));
    }

    /** @param parts what the text is of, one after another; they are not changed any more */
    public static Fingerprint of(Collection<?>... parts) {
        return new Fingerprint(text -> {
            for (Collection<?> part : parts) {
                part.forEach(one -> text.accept(one + "\n"));
                text.accept("\n");
            }
        });
    }

    /** @return SHA-256 of the text, lower-case hex */
    public synchronized String hex() {
        if (hex.isEmpty()) {
            MessageDigest digest = sha256();
            text.accept(piece -> digest.update(piece.getBytes(StandardCharsets.UTF_8)));
            hex = Optional.of(HexFormat.of().formatHex(digest.digest()));
            text = pieces -> { };
        }
        return hex.get();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint fingerprint && hex().equals(fingerprint.hex());
    }

    @Override
    public int hashCode() {
        return hex().hashCode();
    }

    @Override
    public String toString() {
        return hex();
    }
}
