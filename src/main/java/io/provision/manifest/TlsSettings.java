package io.provision.manifest;

import java.nio.file.Path;
import java.util.Optional;

/** The files of a TLS connection, absolute: certificate authority, client certificate, its key. */
public record TlsSettings(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {}
