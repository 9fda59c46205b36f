package io.provision.redis;

import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code redis.url} names. Its text is {@link #masked()}: it may be shown.
 *
 * @param named one server, some nodes of a cluster, or the sentinels that know where the master is; never empty, all of
 *     the same login
 * @param master how the sentinels call it; empty where no sentinels are named
 */
public record RedisServers(List<RedisTarget> named, Optional<String> master) {

    public RedisServers {
        named = List.copyOf(named);
        if (named.isEmpty()) {
            throw new IllegalArgumentException("named must not be empty");
        }
    }

    static RedisServers one(RedisTarget target) {
        return new RedisServers(List.of(target), Optional.empty());
    }

    /**
     * @param urls as in {@code redis.url}
     * @param files as in {@code redis.tls}
     * @throws ProvisionException USAGE, with all that is wrong; of the URL it shows neither user nor password
     */
    public static RedisServers of(List<String> urls, TlsFiles files) {
        return RedisUrl.parse(urls, files);
    }

    /** Any of them: login, encryption and database are the same for all. */
    RedisTarget first() {
        return named.get(0);
    }

    /** Sentinels have no databases. */
    RedisServers withoutDatabase() {
        return new RedisServers(named.stream().map(RedisTarget::withoutDatabase).toList(), master);
    }

    /** As one URL, with stars for the password. */
    public String masked() {
        String addresses = named.stream().map(RedisTarget::address).collect(Collectors.joining(","));
        return first().masked(master.isPresent() ? "+sentinel" : "", addresses, master.map("/"::concat).orElse(""));
    }

    @Override
    public String toString() {
        return masked();
    }
}
