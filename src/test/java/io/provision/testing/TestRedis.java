package io.provision.testing;

import io.provision.embedded.RedisServer;
import io.provision.embedded.ServerPrograms;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import redis.clients.jedis.Jedis;

/** A real, standalone Redis for tests: started when first asked for, stopped when the JVM ends. */
public final class TestRedis {

    private static final Map<Boolean, TestRedis> SHARED = new ConcurrentHashMap<>();
    private static final ServerPrograms PROGRAMS =
            new ServerPrograms(Path.of("target", "test-programs").toAbsolutePath(), said -> { });

    private final RedisServer server;
    private final String url;

    private TestRedis(Map<String, String> settings, boolean withPassword) {
        this(PROGRAMS::redis, settings, withPassword);
    }

    private TestRedis(Supplier<Path> program, Map<String, String> settings, boolean withPassword) {
        TestFolder.abandoned("redis").forEach(folder -> {
            new RedisServer(program, folder, Map.of()).stop();
            TestFolder.delete(folder);
        });
        Map<String, String> all = new HashMap<>(settings);
        all.put("appendonly", "no");
        if (!withPassword) {
            all.put("requirepass", "");
        }
        server = TestFolder.start("redis", folder -> new RedisServer(program, folder, all));
        String whole = server.running().orElseThrow().url();
        url = withPassword ? whole : "redis://127.0.0.1:" + URI.create(whole).getPort();
    }

    /** The server that asks for a password; empty, and with no users but the default one. */
    public static TestRedis shared() {
        return SHARED.computeIfAbsent(true, password -> new TestRedis(Map.of(), true)).emptied();
    }

    /** The server that asks for none; empty, and with no users but the default one. */
    public static TestRedis sharedWithoutPassword() {
        return SHARED.computeIfAbsent(false, password -> new TestRedis(Map.of(), false)).emptied();
    }

    /** A server of the caller's own, with these settings of redis.conf. */
    public static TestRedis with(Map<String, String> settings) {
        return new TestRedis(settings, true);
    }

    /** Redis 6.2, of the caller's own; see {@link #isSixAvailable}. */
    public static TestRedis six(Map<String, String> settings) {
        return new TestRedis(() -> PROGRAMS.redis(jarOfSix().orElseThrow()), settings, true);
    }

    /**
     * Whether 6.2 can be started: where the system property {@code provision.test.binaries} names a folder with its
     * jar, as {@code scripts/test-full} sees to.
     */
    public static boolean isSixAvailable() {
        return jarOfSix().isPresent();
    }

    /** The {@code redis-server} or {@code valkey-server} of the system property {@code provision.test.redis}. */
    public static Optional<TestRedis> another() {
        return otherProgram().map(program -> new TestRedis(() -> program, Map.of(), true));
    }

    /** The same, where there is one, and otherwise the usual one. */
    static TestRedis anotherOrUsual(Map<String, String> settings) {
        return new TestRedis(TestRedis::program, settings, true);
    }

    private static Optional<Path> otherProgram() {
        return Optional.of(System.getProperty("provision.test.redis", ""))
                .filter(program -> !program.isEmpty())
                .map(Path::of);
    }

    private static Optional<Path> jarOfSix() {
        Path jar = Path.of(System.getProperty("provision.test.binaries", ""), "embedded-redis-0.8.3.jar");
        return Optional.of(jar).filter(Files::exists);
    }

    /** The other {@code redis-server}, where there is one, or the usual one, for who starts it himself. */
    static Path program() {
        return otherProgram().orElseGet(PROGRAMS::redis);
    }

    private TestRedis emptied() {
        try (Jedis jedis = connect()) {
            jedis.flushAll();
            jedis.aclUsers().stream().filter(user -> !user.equals("default")).forEach(jedis::aclDelUser);
        }
        return this;
    }

    /** As redis-cli takes it, of the user {@code default}. */
    public String url() {
        return url;
    }

    public int port() {
        return URI.create(url).getPort();
    }

    /** The password of the user {@code default}. */
    public String password() {
        return URI.create(url).getUserInfo().split(":", 2)[1];
    }

    /** A session of nobody yet. */
    public Jedis stranger() {
        return new Jedis("127.0.0.1", port());
    }

    /** A session of another user. */
    public Jedis logIn(String user, String userPassword) {
        Jedis session = stranger();
        session.auth(user, userPassword);
        return session;
    }

    /** Becomes a replica of another server whose password is that of its own user {@code default}. */
    public TestRedis replicating(TestRedis primary) {
        try (Jedis jedis = connect()) {
            jedis.configSet("masterauth", primary.password());
            jedis.replicaof("127.0.0.1", primary.port());
            while (!jedis.info("replication").contains("master_link_status:up")) {
                Pause.brief();
            }
        }
        return this;
    }

    /** A session of the user {@code default}. */
    public Jedis connect() {
        return new Jedis(URI.create(url));
    }

    public void stop() {
        server.stop();
    }

    /** Goes on, on the same port, with the data that it had if its settings keep any. */
    public void startAgain() {
        server.start();
    }
}
