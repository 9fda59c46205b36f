package io.provision.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    @TempDir
    private Path folder;

    private RedisServer redis;

    @AfterEach
    void stop() {
        redis.stop();
    }

    /** Its threads end one after the other; looked at when the first one had, the port was taken every third time. */
    @RepeatedTest(20)
    void aKilledServerHasEndedWhenItsPortIsFree() throws IOException {
        ServerPrograms programs = new ServerPrograms(folder.resolve("programs"), said -> { });
        redis = new RedisServer(programs::redis, folder.resolve("redis"), Map.of());
        RunningServer running = redis.start();
        ServerProcess process = new ServerProcess(ProcessHandle.of(running.pid()).orElseThrow());

        process.handle().destroyForcibly();
        while (process.isAlive()) {
            Thread.onSpinWait();
        }

        int port = URI.create(running.url()).getPort();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            assertEquals(port, socket.getLocalPort());
        }
    }
}
