package io.provision.testing;

import java.io.IOException;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;

/** A Redis that was started with arguments alone: it has no configuration file to write anything to. */
public final class RedisWithoutFiles implements AutoCloseable {

    private final int port = TestCluster.freePort();
    private final RedisProcess process;

    public RedisWithoutFiles(Path folder) throws IOException {
        process = new RedisProcess(
                folder, port, "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "");
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public Jedis connect() {
        return process.connect();
    }

    @Override
    public void close() {
        process.close();
    }
}
