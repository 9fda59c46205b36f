package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.redis.LoginAclRule;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** What {@code grants LOGIN} prints for Redis is enough, and no more than the commands use. */
class GrantedRedisLoginTest {

    private static final LoginAclRule RULE = new LoginAclRule("provisioner");
    private static final String PASSWORD = "made-up";

    /** What no run here sends: it may be needed elsewhere. */
    private static final Set<String> ELSEWHERE = Set.of(
            // Jedis logs in with one of them or the other, as the protocol wants it.
            "auth", "hello",
            // An ACL file excludes the other; a cluster; another database.
            "config|rewrite", "cluster|nodes", "select");

    @TempDir
    private Path folder;

    @AutoClose("stop")
    private TestRedis server;

    private TestEcosystem ecosystem;

    @BeforeEach
    void theLoginHasWhatIsPrinted() throws IOException {
        Path users = Files.createFile(folder.resolve("users.acl"));
        server = TestRedis.with(Map.of("aclfile", users.toString()));
        type("ACL SETUSER default resetpass >" + server.password());
        RULE.text().lines()
                .filter(line -> line.contains("ACL SETUSER "))
                .map(line -> line.substring(line.indexOf("ACL ")).replace(">PASSWORD", ">" + PASSWORD))
                .forEach(this::type);
        ecosystem = TestEcosystem.in(folder)
                .redis("redis://provisioner:" + PASSWORD + "@127.0.0.1:" + server.port())
                .manifest("""
                        defaults: {password: {generate: "secrets/{instance}"}}
                        services: {exchange-simulator: {}}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                          exchange-bNN: {service: exchange-simulator}
                        """);
    }

    /** As a person does, in redis-cli. */
    private void type(String line) {
        String[] words = line.split(" ");
        try (Jedis jedis = server.connect()) {
            jedis.sendCommand(Protocol.Command.ACL, Arrays.copyOfRange(words, 1, words.length));
        }
    }

    @Test
    void itIsEnoughForEveryCommandAndNoMoreThanTheyUse() {
        try (Jedis jedis = server.connect()) {
            jedis.set(ecosystem.numbered("services:exchange-simulator:exchange-okxNN"), "{\"status\": \"healthy\"}");
            jedis.hset(ecosystem.numbered("services:exchange-simulator:exchange-bNN"), "status", "healthy");
            jedis.set(ecosystem.numbered("exchange:okxNN:a"), "1");
            jedis.configResetStat();
        }

        List<List<String>> commands = List.of(
                List.of("init"), List.of("plan"), List.of("verify"), List.of("status"),
                List.of("rotate", "exchange-okxNN", "--yes"),
                List.of("rotate", "exchange-okxNN", "--retire-old", "--yes"),
                List.of("rollback", "--yes", "--discard-data"));
        for (List<String> command : commands) {
            Ran ran = ecosystem.run(command.toArray(String[]::new));
            assertEquals(0, ran.exitCode(), () -> command + ": " + ran);
        }

        Set<String> unused = new TreeSet<>(RULE.commands().stream().flatMap(c -> c.names().stream()).toList());
        unused.removeAll(used());
        unused.removeAll(ELSEWHERE);
        assertEquals(Set.of(), unused);
    }

    private Set<String> used() {
        try (Jedis jedis = server.connect()) {
            return jedis.info("commandstats").lines()
                    .filter(line -> line.startsWith("cmdstat_"))
                    .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                    .collect(Collectors.toSet());
        }
    }
}
