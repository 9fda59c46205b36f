package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One connection to a standalone server, and the words for what goes wrong on it. */
final class RedisConnection implements AutoCloseable {

    /** For whatever the server does in one go; a page of a SCAN takes a millisecond. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final RedisTarget target;
    private final Duration patience;
    private final Jedis jedis;
    private long uses;

    private RedisConnection(RedisTarget target, Duration patience, Jedis jedis) {
        this.target = target;
        this.patience = patience;
        this.jedis = jedis;
    }

    static RedisConnection open(RedisTarget target, Duration patience) {
        RedisSockets sockets = new RedisSockets(target, patience, ANSWER);
        try {
            RedisConnection connection =
                    new RedisConnection(target, patience, new Jedis(sockets, config(target)));
            connection.greet();
            return connection;
        } catch (JedisException e) {
            throw unreachable(target, e);
        }
    }

    /** A second one to the same server, of the same login. */
    RedisConnection another() {
        return open(target, patience);
    }

    /** One to a replica, of the same login. */
    RedisConnection toReplica(String host, int port) {
        return open(target.at(host, port), patience);
    }

    /** @throws ProvisionException UNREACHABLE, when the connection breaks or the server refuses as a whole */
    <T> T use(Function<Jedis, T> work) {
        uses++;
        try {
            return work.apply(jedis);
        } catch (JedisException e) {
            throw unreachable(target, e);
        }
    }

    /** How often it was used: where users are concerned, a round trip each. */
    long uses() {
        return uses;
    }

    RedisTarget target() {
        return target;
    }

    @Override
    public void close() {
        try {
            jedis.close();
        } catch (JedisException e) {
            // It is broken, and whoever used it was told.
        }
    }

    /** Without a login a server takes the connection and refuses the first command. */
    private void greet() {
        try {
            jedis.ping();
            requireStandalone(jedis.info("server"));
        } catch (JedisDataException e) {
            // A user who may neither PING nor INFO may still do all that is needed.
            if (Refusal.in(e.getMessage()).filter(Refusal.NOPERM::equals).isEmpty()) {
                close();
                throw e;
            }
        }
    }

    private void requireStandalone(String info) {
        for (String mode : List.of("cluster", "sentinel")) {
            if (info.contains("redis_mode:" + mode)) {
                close();
                throw new ProvisionException(
                        ExitCode.USAGE,
                        Problem.error("%s runs as %s, and this version provisions standalone servers only"
                                        .formatted(target.masked(), mode))
                                .remedy("set `redis.url` to a standalone server"));
            }
        }
    }

    private static JedisClientConfig config(RedisTarget target) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .socketTimeoutMillis((int) ANSWER.toMillis())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .database(target.database());
        target.user().ifPresent(config::user);
        target.password().ifPresent(config::password);
        return config.build();
    }

    private static ProvisionException unreachable(RedisTarget target, JedisException e) {
        String doing = "Redis at %s cannot be used".formatted(target.masked());
        if (e instanceof JedisDataException) {
            // Without the cause: a proxy's own words may hold what it was sent.
            return new ProvisionException(
                    ExitCode.UNREACHABLE, Refusal.problem(doing, target.withoutPassword(e.getMessage())));
        }
        Throwable root = root(e);
        Problem problem = Problem.error("%s: %s".formatted(doing, target.withoutPassword(why(root))))
                .remedy(remedy(target, root));
        return new ProvisionException(ExitCode.UNREACHABLE, List.of(problem), root);
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private static String why(Throwable root) {
        if (root instanceof UnknownHostException) {
            return "no such host is known";
        }
        if (root instanceof SocketTimeoutException) {
            return "it does not answer";
        }
        if (root instanceof ConnectException) {
            return "nothing listens there";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static String remedy(RedisTarget target, Throwable root) {
        if (root instanceof UnknownHostException) {
            return "correct the host in `redis.url`";
        }
        if (target.tls() && !(root instanceof ConnectException)) {
            return "check that the server speaks TLS on that port and that `redis.tls.ca` is the authority of its"
                    + " certificate";
        }
        return "start it, or set `redis.url` to where it is; an encrypted one needs `rediss://`";
    }
}
