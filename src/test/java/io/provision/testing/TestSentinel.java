package io.provision.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;

/** A sentinel, which watches a master under the name {@code mymaster}. */
public final class TestSentinel implements AutoCloseable {

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
                    sentinel down-after-milliseconds mymaster 500
                    sentinel failover-timeout mymaster 3000
                    %s
                    """.formatted(port, folder, masterPort, quorum, password, settings.formatted(port)));
            process = new RedisProcess(folder, port, configuration.toString(), "--sentinel");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
