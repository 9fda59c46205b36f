package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** The instance exchange-okxNN whose passwords are rotated, and who logs in with them. */
final class RotatedInstance {

    static final String ROLE = "exchange_okxNN_adapter";
    static final String USER = "exchange-okxNN-adapter";
    static final String SECRET = "secrets/exchange-okxNN";

    private final TestEcosystem ecosystem;
    private final TestRedis server;

    RotatedInstance(TestEcosystem ecosystem, TestRedis server) {
        this.ecosystem = ecosystem;
        this.server = server;
    }

    /** An ecosystem with it and with exchange-binanceNN, whose passwords are generated below {@code secrets}. */
    static TestEcosystem andAnother(Path folder) {
        return TestEcosystem.in(folder).manifest("""
                defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
    }

    Ran rotate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("rotate", "--yes"));
        all.addAll(List.of(arguments));
        Ran ran = ecosystem.run(all.toArray(String[]::new));
        assertEquals(0, ran.exitCode(), ran::toString);
        return ran;
    }

    void assertLogsIn(String password) {
        server.logIn(ecosystem.numbered(USER), password).close();
        try {
            ecosystem.postgres().connect(ecosystem.numbered(ROLE), password, ecosystem.database()).close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    void assertPostgresRefuses(String password) {
        SQLException refused = assertThrows(
                SQLException.class,
                () -> ecosystem.postgres().connect(ecosystem.numbered(ROLE), password, ecosystem.database()));
        assertEquals("28P01", refused.getSQLState());
    }

    void assertRedisRefuses(String password) {
        assertThrows(
                JedisAccessControlException.class, () -> server.logIn(ecosystem.numbered(USER), password));
    }

    /** But for git's. */
    List<String> filesIn(String name) {
        return List.of(ecosystem.folder().resolve(name).toFile().list()).stream()
                .filter(file -> !file.equals(".gitignore"))
                .sorted()
                .toList();
    }
}
