package io.provision.apply;

import io.provision.postgres.Postgres;
import io.provision.redis.RedisStore;
import java.util.Objects;
import java.util.Optional;

/** The servers of a run; empty those that it leaves out. The disk needs none. */
public record Stores(Optional<Postgres> postgres, Optional<RedisStore> redis) {

    public Stores {
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(redis, "redis");
    }

    /** The Redis that is asked for users, and set users; empty also where {@code redis.acl} is off. */
    Optional<RedisStore> redisOfUsers(Scope scope) {
        return redis.filter(store -> scope.manifest().redis().acl());
    }
}
