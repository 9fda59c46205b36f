package io.provision.manifest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where Redis is ({@code manifest.md}, "Connections").
 *
 * @param urls {@code embedded}, one URL, or the nodes of a cluster; never empty
 * @param serviceUrl what the services are told
 * @param acl whether ACL users are made
 * @param commands changes to the instance users' allowed commands
 */
public record RedisSettings(
        List<String> urls,
        Optional<String> serviceUrl,
        boolean acl,
        List<String> commands,
        Optional<TlsSettings> tls) {

    public static final String EMBEDDED = "embedded";

    public RedisSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("urls must not be empty");
        }
        Objects.requireNonNull(serviceUrl, "serviceUrl");
        commands = List.copyOf(commands);
        Objects.requireNonNull(tls, "tls");
    }
}
