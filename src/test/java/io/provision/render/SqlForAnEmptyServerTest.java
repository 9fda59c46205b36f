package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Program;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SqlForAnEmptyServerTest {

    private static final String MANIFEST = """
            defaults: {readers: [watcherNN]}
            services:
              exchange-simulator: {sql: sql, protect: true}
              custodian-simulator: {owner: admin, legacy_schemas: [olderNN]}
            instances:
              exchange-okxNN: {service: exchange-simulator}
              custodian-komNN: {service: custodian-simulator}
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void manifest() {
        ecosystem = TestEcosystem.in(folder);
        ecosystem.manifest(MANIFEST).file("sql/V1__quotes.sql", """
                CREATE TABLE ${schema}.quotes (id bigint PRIMARY KEY, note text DEFAULT 'it''s; $1 \\n');
                """);
    }

    @Test
    void afterItPlanFindsNothingToDo() {
        ecosystem.execute(rendered());

        assertNothingToDo();
    }

    @Test
    @Tag("full")
    void psqlRunsIt() {
        Program.assumeInstalled("psql");
        ecosystem.file("provision.sql", rendered());

        Program psql = Program.run(folder, Map.of(), List.of(
                "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "provision.sql", ecosystem.postgresUrl()));

        assertEquals(0, psql.code(), psql.said());
        assertNothingToDo();
    }

    @Test
    void theJournalSaysWhatWasDoneAndRollbackUndoesIt() {
        ecosystem.execute(rendered());

        Ran history = ecosystem.run("history");
        Ran refused = ecosystem.run("rollback", "--yes", "--only", "postgres");
        Ran rollback = ecosystem.run("rollback", "--yes", "--only", "postgres", ecosystem.numbered("custodian-komNN"));

        assertTrue(history.out().contains("render-"), history::toString);
        assertEquals(7, refused.exitCode(), refused::toString);
        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(List.of(), ecosystem.query(
                "SELECT nspname FROM pg_namespace WHERE nspname IN ('custodian_komNN', 'olderNN')"));
    }

    @Test
    void onAnotherDatabaseItRefusesToBegin() {
        String sql = rendered();
        TestPostgres postgres = ecosystem.postgres();

        Throwable refused = assertThrows(Throwable.class, () -> postgres.run(postgres.createDatabase(), sql));

        assertTrue(refused.getCause().toString().contains("this is for the database " + ecosystem.database()),
                refused.getCause()::toString);
    }

    private String rendered() {
        Ran render = ecosystem.run("render", "sql");
        assertEquals(0, render.exitCode(), render::toString);
        return render.out();
    }

    private void assertNothingToDo() {
        Ran plan = ecosystem.run("plan", "--only", "postgres", "--detailed-exitcode");
        assertEquals(0, plan.exitCode(), plan::toString);
    }
}
