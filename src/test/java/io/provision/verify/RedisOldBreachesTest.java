package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Redis 6.2: no selectors, no keys that are only read, no subcommands, and no {@code ACL DRYRUN}. */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
class RedisOldBreachesTest {

    private TestRedis server;
    private VerifiedRedis redis;

    @BeforeAll
    void init(@TempDir Path folder) {
        assumeTrue(TestRedis.isSixAvailable(), "Redis 6.2 is not here");
        server = TestRedis.six(Map.of());
        redis = VerifiedRedis.on(server, folder);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    static Stream<RedisBreachCase> cases() {
        return RedisBreachCase.ofSix();
    }

    @Test
    void discoveryIsWarnedOfAsAWhole() {
        Verified verified = redis.verify();

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(List.of(), verified.breaches());
        assertEquals(
                List.of("Redis before 7.0 knows no keys that are only read: instances can write each other's discovery"
                        + " entries there"),
                verified.warnings());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isFoundAndNamedAndClosed(RedisBreachCase breach) {
        redis.isFoundAndNamedAndClosed(breach);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "+client | CLIENT, which is told of every key that anybody changes",
        "+script | SCRIPT, which deletes scripts that others call",
        "+config | CONFIG, which changes the server's settings",
        "+acl    | ACL, which gives itself and others whatever it likes",
        "+sort   | SORT, which reads others' keys by BY and GET",
    })
    void aCommandWithAllItsSubcommandsIsFound(String word, String path) {
        redis.isFoundAndNamedAndClosed(new RedisBreachCase(
                word, "ACL SETUSER okx_user " + word, "exchange-okxNN", "*", "okx_user may " + path));
    }
}
