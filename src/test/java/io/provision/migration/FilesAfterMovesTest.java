package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of {@code sql:} run while the tables that moved are locked: however long they take, writers wait. */
@Timeout(60)
class FilesAfterMovesTest {

    private static final String NOTE = "note: exchange-okxNN: its sql: files (V1__slow.sql) run after the tables have "
            + "moved, under their locks: writers wait until they are done\n";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void files() {
        ecosystem = TestEcosystem.in(folder).file("sql/V1__slow.sql", "SELECT 1").manifest("""
                services: {exchange-simulator: {sql: sql, migrate: {tables: [trades]}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
    }

    @Test
    void whereBothAreToBeDonePlanSaysSo() {
        ecosystem.execute("CREATE TABLE public.trades (id integer)");

        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains(ecosystem.numbered(NOTE)), plan::toString);
    }

    @Test
    void aFileThatRunsInSeveralSchemasIsNamedOnce() {
        ecosystem.manifest("""
                services: {exchange-simulator: {sql: sql, legacy_schemas: [oldNN_x], migrate: {tables: [trades]}}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.execute("CREATE TABLE public.trades (id integer)");

        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains(ecosystem.numbered(NOTE)), plan::toString);
    }

    @Test
    void whereNothingMovesItIsNot() {
        Ran plan = ecosystem.run("plan");

        assertFalse(plan.out().contains("under their locks"), plan::toString);
    }

    @Test
    void whereAllHasMovedItIsNot() {
        ecosystem.execute("CREATE TABLE public.trades (id integer)");
        ecosystem.init();
        ecosystem.file("sql/V2__more.sql", "SELECT 2");

        Ran plan = ecosystem.run("plan");

        assertFalse(plan.out().contains("under their locks"), plan::toString);
    }
}
