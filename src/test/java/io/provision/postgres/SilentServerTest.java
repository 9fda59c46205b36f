package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose kernel takes the connection, and where nobody answers. */
@Timeout(30)
class SilentServerTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    /** For a server that answers, however busy the machine is. */
    private static final Duration LONG = Duration.ofSeconds(25);

    @AutoClose
    private ServerSocket silent;

    @BeforeEach
    void somebodyListensAndSaysNothing() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer", "require"})
    void isNotWaitedForForEver(String sslmode) {
        ProvisionException e = unreachable(postgres(silentUrl("sslmode=" + sslmode), SHORT));

        assertEquals(
                ("PostgreSQL at postgresql://somebody:***@127.0.0.1:%d/db cannot be used: it does not answer (a"
                                + " connection has 10 s, each answer to a login at most 1 s) — start the server, or"
                                + " check host and port of `postgres.url`; a server or pool that is only slow has"
                                + " longer with `loginTimeout=SECONDS` there")
                        .formatted(silent.getLocalPort()),
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "loginTimeout=1  | Connection attempt timed out",
        "socketTimeout=1 | it does not answer (a connection has 10 s, each answer to a login at most 1 s)",
    })
    void isWaitedForAsLongAsTheUrlSays(String parameter, String why) {
        ProvisionException e = unreachable(
                postgres(silentUrl("sslmode=disable&" + parameter), Duration.ofHours(1)));

        assertTrue(e.getMessage().contains("cannot be used: " + why), e.getMessage());
    }

    @Test
    void oncePastTheLoginAServerMayTakeItsTime() {
        try (Session session = postgres(TestPostgres.shared().superuserUrl("postgres"), LONG).open()) {
            assertEquals(0, session.<Integer>call(Connection::getNetworkTimeout));
        }
    }

    @Test
    void whatTheUrlSaysHoldsBeyondTheLogin() {
        String url = TestPostgres.shared().superuserUrl("postgres") + "?socketTimeout=24";
        try (Session session = postgres(url, LONG).open()) {
            assertEquals(24_000, session.<Integer>call(Connection::getNetworkTimeout));
        }
    }

    private String silentUrl(String parameters) {
        return "postgresql://somebody:s3cret@127.0.0.1:%d/db?%s".formatted(silent.getLocalPort(), parameters);
    }

    private static Postgres postgres(String url, Duration login) {
        PostgresTarget target = PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, Map.of());
        return new Postgres(target, "test", sql -> { }, login);
    }

    private static ProvisionException unreachable(Postgres postgres) {
        ProvisionException e = assertThrows(ProvisionException.class, () -> postgres.open().close());
        assertEquals(ExitCode.UNREACHABLE, e.exitCode());
        return e;
    }
}
