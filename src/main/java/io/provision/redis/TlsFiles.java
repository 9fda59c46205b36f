package io.provision.redis;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of an encrypted connection, all PEM.
 *
 * @param ca the authorities that are trusted; without it those that Java trusts
 * @param cert the client's certificate, and those between it and the authority
 * @param key its key, PKCS #8, without a passphrase
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {

    public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

    public TlsFiles {
        Objects.requireNonNull(ca, "ca");
        Objects.requireNonNull(cert, "cert");
        Objects.requireNonNull(key, "key");
    }
}
