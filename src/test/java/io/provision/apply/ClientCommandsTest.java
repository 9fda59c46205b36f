package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A client that applications use works as the instance's user, whatever it sends. */
@Timeout(60)
class ClientCommandsTest {

    @TempDir
    private Path folder;

    @Test
    void everythingThatRedisPySendsForAnApplication() throws IOException {
        TestRedis server = TestRedis.shared();
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.init();

        List<String> refused = new ArrayList<>();
        try (Jedis admin = server.connect()) {
            for (String command : commands()) {
                String[] words = command
                        .replaceAll("\\b[KC]\\b", ecosystem.numbered("exchange:okxNN:k"))
                        .replaceAll("\\bP\\b", ecosystem.numbered("exchange:okxNN:*"))
                        .split(" ");
                String said = admin.aclDryRun(
                        ecosystem.numbered("exchange-okxNN-adapter"), words[0],
                        Arrays.copyOfRange(words, 1, words.length));
                if (!said.equals("OK")) {
                    refused.add(command + ": " + said);
                }
            }
        }

        assertEquals(List.of(), refused);
    }

    private static List<String> commands() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ClientCommandsTest.class.getResourceAsStream("/io/provision/redis/redis-py.txt"),
                StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
