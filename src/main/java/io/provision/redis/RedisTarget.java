package io.provision.redis;

import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A Redis server and how to log in to it. Its text is {@link #masked()}: it may be shown.
 *
 * @param host a name or an address; an IPv6 one without brackets
 * @param database its number
 * @param tls whether the connection is encrypted
 * @param password empty where none was given
 * @param files the files of an encrypted connection
 */
record RedisTarget(
        String host,
        int port,
        int database,
        boolean tls,
        Optional<String> user,
        Optional<String> password,
        TlsFiles files) {

    RedisTarget {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(files, "files");
    }

    /**
     * @param url of one server
     * @throws ProvisionException USAGE, with all that is wrong; of the URL it shows neither user nor password
     */
    static RedisTarget of(String url) {
        return RedisUrl.parse(List.of(url), TlsFiles.NONE).first();
    }

    /** Another server, of the same login. */
    RedisTarget at(String otherHost, int otherPort) {
        return new RedisTarget(otherHost, otherPort, database, tls, user, password, files);
    }

    /** The same server, as nobody in particular. */
    RedisTarget withoutLogin() {
        return new RedisTarget(host, port, database, tls, Optional.empty(), Optional.empty(), files);
    }

    RedisTarget withoutDatabase() {
        return new RedisTarget(host, port, 0, tls, user, password, files);
    }

    /** Whether one connects to both alike. */
    boolean isAlike(RedisTarget other) {
        return equals(other.at(host, port));
    }

    /** Host and port, as a URL has them. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The URL, with stars for the password. */
    String masked() {
        return masked("", address(), "");
    }

    /**
     * @param kind what follows the scheme's name
     * @param path what stands before the database
     */
    String masked(String kind, String addresses, String path) {
        String login = user.orElse("") + (password.isPresent() ? ":***" : "");
        return "%s%s://%s%s%s%s".formatted(
                tls ? "rediss" : "redis",
                kind,
                login.isEmpty() ? "" : login + "@",
                addresses,
                path,
                database == 0 ? "" : "/" + database);
    }

    /** A server's own words, with stars wherever it repeats the password to us. */
    String withoutPassword(String text) {
        return password.filter(p -> !p.isEmpty()).map(p -> text.replace(p, "***")).orElse(text);
    }

    @Override
    public String toString() {
        return masked();
    }
}
