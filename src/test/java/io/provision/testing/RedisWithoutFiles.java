package io.provision.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A Redis that was started with arguments alone: it has no configuration file to write anything to. */
public final class RedisWithoutFiles implements AutoCloseable {

    private final Process process;
    private final int port;

    public RedisWithoutFiles(Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(
                        TestRedis.program().toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1",
                        "--save", "")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "log"))
                .start();
        while (!answers()) {
            Pause.brief();
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("it did not start");
        }
        try (Jedis jedis = connect()) {
            return jedis.ping().equals("PONG");
        } catch (JedisConnectionException notYet) {
            return false;
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
