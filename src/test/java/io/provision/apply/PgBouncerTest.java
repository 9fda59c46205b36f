package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.PgBouncer;
import io.provision.testing.Program;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import io.provision.testing.Tollgate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing relies on session state that a pool would lose ({@code postgres.md}, "More than one machine"). */
@Tag("full")
@Timeout(120)
class PgBouncerTest {

    private static final int ENOUGH = 2;

    @TempDir
    private Path folder;

    @BeforeEach
    void thereIsPgBouncer() {
        Program.assumeInstalled("pgbouncer");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void everythingWorksThroughIt(int major) throws Exception {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        TestEcosystem ecosystem = ecosystem(TestPostgres.shared(major));
        TestPostgres.Login login = login(ecosystem);
        List<String> before = ecosystem.query("SELECT note FROM public.trades");
        try (PgBouncer bouncer = before(ecosystem, login, ENOUGH)) {
            through(bouncer.port(), ecosystem);

            succeeds(ecosystem, "init");
            succeeds(ecosystem, "plan", "--detailed-exitcode");
            succeeds(ecosystem, "verify");
            succeeds(ecosystem, "status");
            succeeds(ecosystem, "history");
            succeeds(ecosystem, "rollback", "--yes");
        }
        assertEquals(before, ecosystem.query("SELECT note FROM public.trades"));
        assertEquals(List.of(), ecosystem.query("SELECT oid FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
    }

    @Test
    void theLockOfARunHoldsThroughIt() throws Exception {
        TestEcosystem ecosystem = ecosystem(TestPostgres.shared());
        TestPostgres.Login login = login(ecosystem);
        List<Ran> second = new ArrayList<>();
        try (PgBouncer bouncer = before(ecosystem, login, 2 * ENOUGH);
                Tollgate gate = Tollgate.meanwhile(
                        "CREATE SCHEMA \"exchange", () -> second.add(ecosystem.run("init", "--wait", "1s")))) {
            through(gate.to(bouncer.port()), ecosystem);

            succeeds(ecosystem, "init");
        }
        assertEquals(1, second.size());
        assertEquals(6, second.get(0).exitCode(), second.get(0)::toString);
        assertTrue(second.get(0).err().contains(login.name()), second.get(0)::toString);
    }

    @Test
    void aPoolThatIsTooSmallIsTold() throws Exception {
        TestEcosystem ecosystem = ecosystem(TestPostgres.shared());
        TestPostgres.Login login = login(ecosystem);
        try (PgBouncer bouncer = before(ecosystem, login, 1)) {
            through(bouncer.port(), ecosystem);

            Ran init = ecosystem.run("init", "--timeout", "1s");

            assertEquals(5, init.exitCode(), init::toString);
            assertTrue(init.err().contains("at least 2 connections"), init::toString);
        }
    }

    private TestEcosystem ecosystem(TestPostgres postgres) throws Exception {
        TestEcosystem ecosystem = TestEcosystem.on(postgres, Files.createDirectory(folder.resolve("ecosystem")))
                .file("sql/V1__notes.sql", "CREATE TABLE notes (id serial)")
                .manifest("""
                        services:
                          exchange-simulator: {sql: sql, migrate: {tables: [trades]}}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                          exchange-binanceNN: {service: exchange-simulator, migrate: {tables: []}}
                        """);
        return ecosystem;
    }

    /** The least that a run needs: it owns what moves, and may make things where it moves back to. */
    private static TestPostgres.Login login(TestEcosystem ecosystem) {
        TestPostgres.Login login = ecosystem.provisioningLogin();
        ecosystem.execute("""
                CREATE TABLE public.trades (note text);
                INSERT INTO public.trades VALUES ('kept');
                ALTER TABLE public.trades OWNER TO %1$s;
                GRANT CREATE ON SCHEMA public TO %1$s;
                """.formatted(login.name()));
        return login;
    }

    private PgBouncer before(TestEcosystem ecosystem, TestPostgres.Login login, int poolSize) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return PgBouncer.before(
                ecosystem.postgres(), login, poolSize, Files.createDirectory(folder.resolve("pgbouncer")));
    }

    private static void through(int port, TestEcosystem ecosystem) {
        ecosystem.connectingAs(
                ecosystem.postgresUrl().replaceFirst(":" + ecosystem.postgres().port() + "/", ":" + port + "/"));
    }

    private static void succeeds(TestEcosystem ecosystem, String... command) {
        Ran ran = ecosystem.run(command);
        assertEquals(0, ran.exitCode(), ran::toString);
    }
}
