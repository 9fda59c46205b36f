package io.provision.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;

/** A sentinel, which watches a master under the name {@code mymaster}. */
public final class TestSentinel implements AutoCloseable {

    /** A busy machine keeps nobody waiting for so long: whoever fails over was told to. */
    private static final Map<String, String> STEADY =
            Map.of("down-after-milliseconds", "60000", "failover-timeout", "60000");
    private static final Map<String, String> QUICK =
            Map.of("down-after-milliseconds", "500", "failover-timeout", "3000");

    private final RedisProcess process;
    private final int port;

    /**
     * @param quorum how many must agree that the master is down
     * @param settings further lines of its configuration; {@code %d} in them stands for its port
     */
    public TestSentinel(Path folder, TestRedis master, int quorum, String settings) {
        this(folder, master.port(), master.password(), quorum, settings);
    }

    /** @param masterPort the one that it connects to */
    public TestSentinel(Path folder, int masterPort, String password, int quorum, String settings) {
        port = TestCluster.freePort();
        try {
            Path configuration = Files.writeString(folder.resolve("sentinel-" + port + ".conf"), """
                    port %d
                    bind 127.0.0.1
                    dir "%s"
                    sentinel monitor mymaster 127.0.0.1 %d %d
                    sentinel auth-pass mymaster %s
                    %s
                    %s
                    """.formatted(
                            port, folder, masterPort, quorum, password, steady(), settings.formatted(port)));
            process = new RedisProcess(folder, port, configuration.toString(), "--sentinel");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String steady() {
        return STEADY.entrySet().stream()
                .map(setting -> "sentinel %s %s %s".formatted(setting.getKey(), TestSentinelGroup.MASTER, setting.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** Whether a master that does not answer is soon taken for lost. */
    void isQuick(boolean quick) {
        try (Jedis jedis = connect()) {
            jedis.sentinelSet(TestSentinelGroup.MASTER, quick ? QUICK : STEADY);
        }
    }

    public int port() {
        return port;
    }

    public Jedis connect() {
        return process.connect();
    }

    @Override
    public void close() {
        process.close();
    }
}
