package io.provision.bench;

import io.provision.embedded.PostgresServer;
import io.provision.embedded.RedisServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** A PostgreSQL and a Redis, stopped after use; their data stays until the bench ends. */
final class Servers implements AutoCloseable {

    private final PostgresServer postgres;
    private final RedisServer redis;
    private final Address address;
    private final URI redisUrl;

    /** Where PostgreSQL answers, and to whom. */
    record Address(int port, String user, String password) {

        String url() {
            return "postgresql://" + user + ":" + password + "@127.0.0.1:" + port + "/" + Template.DATABASE;
        }
    }

    /** @param postgres runs already */
    Servers(PostgresServer postgres, Supplier<Path> redis, Path folder, Address address) {
        this.postgres = postgres;
        this.address = address;
        this.redis = new RedisServer(redis, folder.resolve("redis"), Map.of());
        this.redisUrl = URI.create(this.redis.start().url());
    }

    Address postgres() {
        return address;
    }

    URI redis() {
        return redisUrl;
    }

    /** What commands of the tool find in their environment. */
    Map<String, String> environment() {
        return Map.of(
                "BENCH_POSTGRES_URL", address.url(),
                "BENCH_REDIS_URL", redisUrl.toString(),
                "BENCH_PASSWORD", Job.PASSWORD);
    }

    @Override
    public void close() {
        postgres.stop();
        redis.stop();
    }
}
