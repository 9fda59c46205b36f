package io.provision.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A {@code redis-server} with arguments of the test's own. */
final class RedisProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    /**
     * Returns when it lets clients in.
     *
     * @param folder where it works, and has its log
     * @param port the one that the arguments name, somehow
     */
    RedisProcess(Path folder, int port, String... arguments) throws IOException {
        this.port = port;
        List<String> command =
                Stream.concat(Stream.of(TestRedis.program().toString()), Stream.of(arguments)).toList();
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis-" + port + ".log").toFile())
                .start();
        // A JVM that ends by itself does not close it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        while (!answers()) {
            Pause.brief();
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("it did not start");
        }
        try (Jedis jedis = connect()) {
            // It may ask for a password.
            jedis.connect();
            return true;
        } catch (JedisConnectionException notYet) {
            return false;
        }
    }

    Jedis connect() {
        return new Jedis("127.0.0.1", port);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
