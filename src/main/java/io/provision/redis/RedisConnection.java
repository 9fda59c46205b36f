package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A connection to one server, made when it is first used, and the words for what goes wrong on it. */
final class RedisConnection implements AutoCloseable {

    /** For whatever the server does in one go; a page of a SCAN takes a millisecond. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    static final String STANDALONE = "standalone";

    private static final Pattern MODE = Pattern.compile("^(?:redis|server)_mode:(?<mode>\\w+)", Pattern.MULTILINE);

    private final RedisTarget target;
    private final Duration patience;
    private Optional<Jedis> session = Optional.empty();
    private long uses;

    private RedisConnection(RedisTarget target, Duration patience) {
        this.target = target;
        this.patience = patience;
    }

    /** @throws ProvisionException UNREACHABLE, where the server cannot be reached or refuses the login */
    static RedisConnection open(RedisTarget target, Duration patience) {
        RedisConnection connection = new RedisConnection(target, patience);
        try {
            connection.session();
            return connection;
        } catch (JedisException e) {
            throw unreachable(target, e);
        }
    }

    /** The same, made when it is first used, and failing then. */
    static RedisConnection to(RedisTarget target, Duration patience) {
        return new RedisConnection(target, patience);
    }

    /** A second one to the same server, of the same login. */
    RedisConnection another() {
        return new RedisConnection(target, patience);
    }

    /** One to another server, of the same login. */
    RedisConnection to(String host, int port) {
        return new RedisConnection(target.at(host, port), patience);
    }

    /**
     * A server that demotes itself, or restarts, cuts its clients off: what met that is done once more, on a new
     * connection.
     *
     * @param work may be done twice, the first time in part
     * @throws ProvisionException UNREACHABLE, when the connection breaks or the server refuses as a whole
     */
    <T> T use(Function<Jedis, T> work) {
        uses++;
        boolean stood = session.isPresent();
        try {
            return work.apply(session());
        } catch (JedisConnectionException e) {
            close();
            if (!stood || root(e) instanceof SocketTimeoutException) {
                throw unreachable(target, e);
            }
        } catch (JedisException e) {
            throw unreachable(target, e);
        }
        return use(work);
    }

    private Jedis session() {
        if (session.isEmpty()) {
            session = Optional.of(greeted(new Jedis(new RedisSockets(target, patience, ANSWER), config(target))));
        }
        return session.get();
    }

    /** Without a login a server takes the connection and refuses the first command. */
    private static Jedis greeted(Jedis jedis) {
        try {
            jedis.ping();
            return jedis;
        } catch (JedisException e) {
            if (isForbidden(e)) {
                return jedis;
            }
            jedis.close();
            throw e;
        }
    }

    /** A user who may neither PING nor INFO may still do all that is needed. */
    private static boolean isForbidden(JedisException e) {
        return e instanceof JedisDataException
                && Refusal.in(e.getMessage()).filter(Refusal.NOPERM::equals).isPresent();
    }

    /** What it runs as: standalone, cluster, sentinel; standalone, too, where it does not tell. */
    String mode() {
        return use(jedis -> {
            try {
                Matcher mode = MODE.matcher(jedis.info("server"));
                return mode.find() ? mode.group("mode") : STANDALONE;
            } catch (JedisDataException e) {
                if (isForbidden(e)) {
                    return STANDALONE;
                }
                throw e;
            }
        });
    }

    /** How often it was used: where users are concerned, a round trip each, or several looks that overlap. */
    long uses() {
        return uses;
    }

    RedisTarget target() {
        return target;
    }

    @Override
    public void close() {
        try {
            session.ifPresent(Jedis::close);
        } catch (JedisException e) {
            // It is broken, and whoever used it was told.
        }
        session = Optional.empty();
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
