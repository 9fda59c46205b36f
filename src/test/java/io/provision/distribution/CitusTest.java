package io.provision.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real Citus with workers: {@code PROVISION_TEST_CITUS_URL} names the coordinator's database, as a superuser and
 * with a password ({@code postgresql://user:password@host:port/database}), in which nothing else may stand under the
 * names of the journal and of these instances. No package of Citus is to be had where the project is built: there these
 * tests are skipped, and say so.
 */
@Tag("full")
@Timeout(300)
class CitusTest {

    private static final String URL = System.getenv().getOrDefault("PROVISION_TEST_CITUS_URL", "");

    private static final String MANIFEST =
            """
            postgres: {distribute: true}
            defaults: {readers: [watcherNN]}
            services:
              exchange-simulator: {migrate: {tables: [tradesNN]}, sql: sql}
            instances:
              exchange-okxNN: {service: exchange-simulator}
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void thereIsCitus() throws SQLException {
        assumeTrue(!URL.isEmpty(), "skipped: PROVISION_TEST_CITUS_URL is not set, and there is no Citus here");
        ecosystem = TestEcosystem.in(folder)
                .connectingAs(URL)
                .file("sql/V1__notes.sql", "CREATE TABLE notes (id integer PRIMARY KEY);")
                .manifest(MANIFEST);
        run("CREATE TABLE public.tradesNN (id bigserial PRIMARY KEY, price numeric)");
        run("INSERT INTO public.tradesNN (price) SELECT n FROM generate_series(1, 100) AS n");
    }

    @AfterEach
    void leaveNothing() throws SQLException {
        if (!URL.isEmpty()) {
            ecosystem.run("rollback", "--yes", "--discard-data");
            run("DROP TABLE IF EXISTS public.tradesNN");
        }
    }

    @Test
    void theSchemaIsDistributedWithAllThatMovedAndComesBack() throws SQLException {
        ecosystem.init();

        assertEquals(
                List.of(ecosystem.numbered("exchange_okxNN")),
                query("SELECT schema_name::text FROM citus_schemas WHERE schema_name::text = 'exchange_okxNN'"));
        assertEquals(List.of("100"), query("SELECT count(*) FROM exchange_okxNN.tradesNN"));
        ecosystem.assertNothingToDo();
        Ran verify = ecosystem.run("verify");
        assertEquals(0, verify.exitCode(), verify::toString);

        run("INSERT INTO exchange_okxNN.tradesNN (price) VALUES (101)");
        ecosystem.rollback();

        assertEquals(List.of("101"), query("SELECT count(*) FROM public.tradesNN"));
        assertEquals(List.of("101"), query("SELECT max(id) FROM public.tradesNN"));
        assertEquals(List.of(), query("SELECT oid FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
    }

    @Test
    void theJournalStaysOnTheCoordinator() throws SQLException {
        ecosystem.init();

        assertEquals(List.of(), query("SELECT schema_name::text FROM citus_schemas"
                + " WHERE schema_name::text = 'provision'"));
    }

    @Test
    void onTheWorkersTooTheReaderSeesWhatTheRoleMakesLater() throws SQLException {
        ecosystem.init();

        run("SET ROLE exchange_okxNN_adapter; CREATE TABLE exchange_okxNN.later (id integer); RESET ROLE");

        assertEquals(
                List.of("t"),
                query(
                        """
                        SELECT DISTINCT result
                        FROM run_command_on_shards(
                          'exchange_okxNN.later', $$SELECT has_table_privilege('watcherNN', '%s', 'SELECT')$$)
                        """));
        run("DROP TABLE exchange_okxNN.later");
    }

    @Test
    void anIdentityColumnIsRefusedBeforeAnythingIsTried() throws SQLException {
        run("ALTER TABLE public.tradesNN ADD COLUMN counted integer GENERATED ALWAYS AS IDENTITY");

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("has the identity column counted"), init::toString);
    }

    private void run(String sql) throws SQLException {
        try (Connection session = connect(); Statement statement = session.createStatement()) {
            statement.execute(ecosystem.numbered(sql));
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection session = connect();
                Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(ecosystem.numbered(sql))) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static Connection connect() throws SQLException {
        URI url = URI.create(URL);
        String[] login = url.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath()), login[0], login[1]);
    }
}
