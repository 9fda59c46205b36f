package io.provision.manifest;

import java.nio.file.Path;

/** Where a password comes from. The password itself is read only when it is needed, and never kept in a record. */
public sealed interface PasswordSource {

    /** An environment variable. */
    record Environment(String variable) implements PasswordSource {}

    /** The first line of a file that somebody else keeps. */
    record File(Path path) implements PasswordSource {}

    /** A file that the tool makes once, mode 0600, when it is not there. */
    record Generate(Path path) implements PasswordSource {}
}
