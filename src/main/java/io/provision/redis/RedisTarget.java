package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A standalone Redis server and how to log in to it. Its text is {@link #masked()}: it may be shown.
 *
 * @param host a name or an address; an IPv6 one without brackets
 * @param database its number
 * @param tls whether the connection is encrypted
 * @param password empty where none was given
 * @param files the files of an encrypted connection
 */
public record RedisTarget(
        String host,
        int port,
        int database,
        boolean tls,
        Optional<String> user,
        Optional<String> password,
        TlsFiles files) {

    public RedisTarget {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(files, "files");
    }

    /**
     * @param urls as in {@code redis.url}
     * @param files as in {@code redis.tls}
     * @throws ProvisionException USAGE, with all that is wrong; of the URL it shows neither user nor password
     */
    public static RedisTarget of(List<String> urls, TlsFiles files) {
        if (urls.size() != 1) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error("`redis.url` names %d nodes of a cluster, and this version provisions standalone"
                                    .formatted(urls.size()) + " servers only")
                            .remedy("name the one server, as `redis://[user:password@]host[:port]`"));
        }
        return RedisUrl.parse(urls.get(0), files);
    }

    public static RedisTarget of(String url) {
        return of(List.of(url), TlsFiles.NONE);
    }

    /** Another server, of the same login. */
    RedisTarget at(String otherHost, int otherPort) {
        return new RedisTarget(otherHost, otherPort, database, tls, user, password, files);
    }

    /** The URL, with stars for the password. */
    public String masked() {
        String login = user.orElse("") + (password.isPresent() ? ":***" : "");
        return "%s://%s%s:%d%s".formatted(
                tls ? "rediss" : "redis",
                login.isEmpty() ? "" : login + "@",
                host.contains(":") ? "[" + host + "]" : host,
                port,
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
