package io.provision.cli;

import io.provision.manifest.Manifest;
import io.provision.manifest.PostgresSettings;
import io.provision.manifest.RedisSettings;
import io.provision.manifest.TlsSettings;
import io.provision.postgres.PostgresTarget;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisServers;
import io.provision.redis.TlsFiles;
import java.util.List;
import java.util.Optional;

/** Where the servers are: what the command line says of it, then the manifest. */
record Connections(Invocation invocation, Manifest manifest) {

    /** {@code embedded}, or a URL; empty where libpq's environment variables count. */
    Optional<String> postgresUrl() {
        return invocation.options().postgresUrl().or(() -> manifest.postgres().url());
    }

    /** {@code embedded}, or URLs. */
    List<String> redisUrls() {
        return invocation.options().redisUrl().map(List::of).orElse(manifest.redis().urls());
    }

    /** @throws ProvisionException USAGE, when the URL has no form that is known */
    PostgresTarget postgres(Optional<String> url) {
        PostgresTarget.Tls tls = manifest.postgres().tls()
                .map(t -> new PostgresTarget.Tls(t.ca(), t.cert(), t.key()))
                .orElse(PostgresTarget.Tls.NONE);
        return PostgresTarget.of(url, tls, invocation.context().environment());
    }

    /** @throws ProvisionException USAGE, when a URL has no form that is known */
    RedisServers redis(List<String> urls) {
        return RedisServers.of(urls, manifest.redis().tls().map(Connections::tlsFiles).orElse(TlsFiles.NONE));
    }

    private static TlsFiles tlsFiles(TlsSettings tls) {
        return new TlsFiles(tls.ca(), tls.cert(), tls.key());
    }

    boolean embeddedPostgres() {
        return postgresUrl().equals(Optional.of(PostgresSettings.EMBEDDED));
    }

    boolean embeddedRedis() {
        return redisUrls().contains(RedisSettings.EMBEDDED);
    }
}
