package io.provision.testing;

import io.provision.embedded.RedisServer;
import io.provision.embedded.ServerPrograms;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Jedis;

/** A real, standalone Redis for tests: started when first asked for, stopped when the JVM ends. */
public final class TestRedis {

    private static final Map<Boolean, TestRedis> SHARED = new ConcurrentHashMap<>();

    private final RedisServer server;
    private final String url;

    private TestRedis(Map<String, String> settings, boolean withPassword) {
        ServerPrograms programs = new ServerPrograms(Path.of("target", "test-programs").toAbsolutePath(), said -> { });
        TestFolder.abandoned("redis").forEach(folder -> {
            new RedisServer(programs::redis, folder, Map.of()).stop();
            TestFolder.delete(folder);
        });
        Map<String, String> all = new HashMap<>(settings);
        all.put("appendonly", "no");
        if (!withPassword) {
            all.put("requirepass", "");
        }
        server = TestFolder.start("redis", folder -> new RedisServer(programs::redis, folder, all));
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
