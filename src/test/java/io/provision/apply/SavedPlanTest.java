package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code plan --out FILE}, and {@code init --plan FILE}: what was looked at is what is done, or nothing is. */
@Timeout(60)
class SavedPlanTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void twoInstances() {
        ecosystem = TestEcosystem.in(folder).manifest(
                """
                services:
                  exchange-simulator: {sql: sql}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """).file("sql/V1__notes.sql", "CREATE TABLE notes (id integer PRIMARY KEY);");
    }

    @Test
    void isAppliedAsItIs() {
        Ran plan = ecosystem.run("plan", "--out", "the.plan");

        Ran init = ecosystem.run("init", "--plan", "the.plan");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains("to create"), plan::toString);
        assertEquals(0, init.exitCode(), init::toString);
        ecosystem.assertNothingToDo();
    }

    @Test
    void isAboutTheInstancesThatItWasMadeFor() {
        save("exchange-okxNN");

        Ran init = ecosystem.run("init", "--plan", "the.plan");

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(List.of(ecosystem.numbered("exchange_okxNN")), schemas());
    }

    @Test
    void isRefusedWhenItHasBeenApplied() {
        save();
        ecosystem.init();

        assertStale(ecosystem.run("init", "--plan", "the.plan"), "is not to be done any more");
    }

    @Test
    void isRefusedWhenSomebodyHasMadeAPartOfIt() {
        save();
        ecosystem.execute("CREATE SCHEMA exchange_okxNN");

        assertStale(
                ecosystem.run("init", "--plan", "the.plan"),
                "postgres:schema:exchange_okxNN is to be done otherwise");
        assertFalse(ecosystem.stands("volumes"));
    }

    @Test
    void isRefusedWhenAFileThatItRunsHasChanged() {
        save();
        ecosystem.file("sql/V1__notes.sql", "CREATE TABLE notes (id bigint PRIMARY KEY);");

        assertStale(ecosystem.run("init", "--plan", "the.plan"), "sql_file");
    }

    @Test
    void isRefusedWhenItWasTamperedWith() {
        save();
        ecosystem.file("the.plan", ecosystem.read("the.plan").replace("CREATE SCHEMA", "create schema"));

        assertStale(ecosystem.run("init", "--plan", "the.plan"), "is to be done otherwise");
    }

    @Test
    void isRefusedWhenThingsChangeWhileItWaitsForAnotherRun() throws Exception {
        save();
        StringWriter err = new StringWriter();
        CompletableFuture<Ran> init;
        try (Connection other = ecosystem.connect(); Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(x'70726f76'::integer, 1)");
            init = CompletableFuture.supplyAsync(() -> ecosystem.run(err, "init", "--plan", "the.plan"));
            while (!err.toString().contains("waiting for") && !init.isDone()) {
                Pause.brief();
            }
            ecosystem.execute("CREATE SCHEMA exchange_okxNN");
        }

        assertStale(init.join(), "exchange_okxNN is to be done otherwise");
    }

    @Test
    void isComparedByADryRunToo() {
        save();
        ecosystem.init();

        assertEquals(7, ecosystem.run("init", "--dry-run", "--plan", "the.plan").exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no JSON", "{\"provision_plan\": 2, \"changes\": []}", "{\"changes\": []}",
        "[1]"})
    void ofAnotherKindIsNoPlan(String text) {
        ecosystem.file("the.plan", text);

        Ran init = ecosystem.run("init", "--plan", "the.plan");

        assertEquals(2, init.exitCode(), init::toString);
        assertTrue(init.err().contains("the.plan cannot be applied: "), init::toString);
    }

    @Test
    void thatIsNotThereIsToldWithTheWayToIt() {
        Ran init = ecosystem.run("init", "--plan", "the.plan");

        assertEquals(2, init.exitCode(), init::toString);
        assertTrue(init.err().contains("make it with `provision plan --out the.plan`"), init::toString);
    }

    @Test
    void goesThroughAPipeWhereADashIsItsName() {
        Ran plan = ecosystem.run("plan", "--out", "-");

        Ran init = ecosystem.reading(plan.out(), "init", "--plan", "-");

        assertTrue(plan.out().startsWith("{\n  \"provision_plan\": 1,"), plan::toString);
        assertEquals(0, init.exitCode(), init::toString);
        assertFalse(ecosystem.stands("-"));
        ecosystem.assertNothingToDo();
    }

    @Test
    void thatAPipeDoesNotBringIsTold() {
        Ran init = ecosystem.reading("", "init", "--plan", "-");

        assertEquals(2, init.exitCode(), init::toString);
        assertTrue(init.err().contains("standard input cannot be applied: "), init::toString);
    }

    @Test
    void wantsNoNamesBesideIt() {
        save();

        assertEquals(2, ecosystem.run("init", "--plan", "the.plan", "exchange-okxNN").exitCode());
    }

    @Test
    void wantsTheSameParts() {
        Ran plan = ecosystem.run("plan", "--only", "postgres", "--out", "the.plan");

        Ran init = ecosystem.run("init", "--plan", "the.plan");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertEquals(2, init.exitCode(), init::toString);
        assertTrue(init.err().contains("say --only postgres"), init::toString);
        assertEquals(0, ecosystem.run("init", "--plan", "the.plan", "--only", "postgres").exitCode());
    }

    @Test
    void whichCannotBeWrittenFailsThePlan() {
        Ran plan = ecosystem.run("plan", "--out", "nowhere/the.plan");

        assertEquals(1, plan.exitCode(), plan::toString);
        assertTrue(plan.err().contains("the plan could not be written to nowhere/the.plan"), plan::toString);
    }

    private void save(String... names) {
        List<String> arguments = new ArrayList<>(List.of("plan", "--out", "the.plan"));
        arguments.addAll(List.of(names));
        Ran plan = ecosystem.run(arguments.toArray(String[]::new));
        assertEquals(0, plan.exitCode(), plan::toString);
    }

    private void assertStale(Ran init, String difference) {
        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("is stale, nothing was done: "), init::toString);
        assertTrue(init.err().contains(ecosystem.numbered(difference)), init::toString);
    }

    private List<String> schemas() {
        return ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'exchange%'");
    }
}
