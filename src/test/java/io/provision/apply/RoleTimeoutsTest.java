package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres.Login;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The login has timeouts that are meant for a service: the run has its own. */
@Timeout(60)
class RoleTimeoutsTest {

    private static final String LONGER_THAN_THE_TIMEOUT = "SELECT pg_sleep(0.6)";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Login login;

    @BeforeEach
    void provisionAsALogin() {
        ecosystem = TestEcosystem.in(folder);
        login = ecosystem.provisioningLogin();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction_timeout", "statement_timeout", "idle_in_transaction_session_timeout"})
    void aLongFileRunsToItsEnd(String setting) {
        theRoleHas(setting);
        ecosystem.file("sql/V1__things.sql", LONGER_THAN_THE_TIMEOUT + "; CREATE TABLE things (id integer);")
                .manifest("""
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);

        ecosystem.init();

        assertEquals(List.of("done"), ecosystem.query("SELECT outcome FROM provision.run_outcomes"));
        assertEquals(List.of("1"), ecosystem.query("SELECT count(*) FROM provision.runs"));
    }

    @Test
    void whoeverHoldsATableForLongerThanAStatementMayTakeIsToldAllTheSame() throws SQLException {
        theRoleHas("statement_timeout");
        ecosystem.manifest("""
                services:
                  exchange-simulator: {migrate: {tables: [orders]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("""
                GRANT USAGE, CREATE ON SCHEMA public TO the_login;
                CREATE TABLE public.orders (id integer);
                ALTER TABLE public.orders OWNER TO the_login
                """.replace("the_login", login.name()));
        try (Connection sitter = ecosystem.connect()) {
            sitter.setAutoCommit(false);
            ecosystem.query(sitter, "SELECT count(*) FROM public.orders");
            String pid = ecosystem.query(sitter, "SELECT pg_backend_pid()").get(0);

            Ran init = ecosystem.run("init", "--lock-timeout", "800ms", "--timeout", "1s");

            assertEquals(1, init.exitCode(), init::toString);
            assertTrue(init.err().contains("[55P03]"), init::toString);
            assertTrue(init.err().contains("pid " + pid), init::toString);
        }
    }

    private void theRoleHas(String timeout) {
        ecosystem.execute("ALTER ROLE %s SET %s = '300ms'".formatted(login.name(), timeout));
    }
}
