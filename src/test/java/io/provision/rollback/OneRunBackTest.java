package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code rollback --run ID} undoes what that run did, and nothing of another one's. */
@Timeout(60)
class OneRunBackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__trades.sql", "CREATE TABLE trades (id serial)");
        manifest("readerNN");
        before = ecosystem.catalogs();
        ecosystem.init();
    }

    private void manifest(String readers) {
        ecosystem.manifest("""
                defaults: {readers: [%s], volumes: {root: ./volumes}}
                services:
                  exchange-simulator: {sql: sql}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """.formatted(readers));
    }

    private String run(int nth) {
        return ecosystem.query("SELECT run FROM provision.runs ORDER BY started_at, run").get(nth);
    }

    @Test
    void whatWasUndoneAndDoneAgainIsTheLaterRunsToUndo() {
        ecosystem.run("rollback", "--yes");
        ecosystem.init();
        Catalogs again = ecosystem.catalogs();

        Ran rollback = ecosystem.run("rollback", "--run", run(0), "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.out().contains(
                "run " + run(0) + " was rolled back already; nothing to do"), rollback::toString);
        assertEquals(again, ecosystem.catalogs());
        assertTrue(ecosystem.stands("volumes/exchange-okxNN"));
    }

    @Test
    void theLaterRunIsUndoneWhole() {
        ecosystem.run("rollback", "--yes");
        Catalogs before = ecosystem.catalogs();
        ecosystem.init();

        Ran rollback = ecosystem.run("rollback", "--run", run(2), "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void aRollbackIsUndoneByInit() {
        ecosystem.run("rollback", "--yes");

        Ran rollback = ecosystem.run("rollback", "--run", run(1), "--yes");

        assertEquals(2, rollback.exitCode(), rollback::toString);
        assertTrue(rollback.err().contains("is itself a rollback"), rollback::toString);
        assertEquals(List.of("2"), ecosystem.query("SELECT count(*) FROM provision.runs"));
    }

    @Test
    void whatTheEarlierRunDidStays() {
        Catalogs standing = ecosystem.catalogs();
        ecosystem.file("sql/V2__more.sql", "CREATE TABLE more (id integer)").init();

        Ran rollback = ecosystem.run("rollback", "--yes", "--run", run(1));

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(standing, ecosystem.catalogs());
        assertEquals(0, ecosystem.run("rollback", "--yes", "--run", run(0)).exitCode());
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void aRunThatIsNoneIsAWrongCall() {
        assertEquals(2, ecosystem.run("rollback", "--yes", "--run", "nonsense").exitCode());
    }

    @Test
    void aReaderOfTheLaterRunGoesWhateverItsTablesAreCalled() {
        ecosystem.execute("SET ROLE exchange_okxNN_adapter; CREATE TABLE exchange_okxNN.\"Own\" (id serial)");
        Catalogs standing = ecosystem.catalogs();
        manifest("readerNN, lateNN");
        ecosystem.init();

        Ran rollback = ecosystem.run("rollback", "--run", run(1), "--yes");

        assertEquals(0, rollback.exitCode(), rollback::toString);
        assertEquals(standing, ecosystem.catalogs());
    }
}
