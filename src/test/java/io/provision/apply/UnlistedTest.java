package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands, was made by the tool, and is not listed any more: {@code plan} tells it, {@code init} leaves it. */
class UnlistedTest {

    private static final String BOTH = """
            defaults: {readers: [readerNN, auditorNN]}
            services:
              exchange-simulator: {}
            instances:
              exchange-stayNN: {service: exchange-simulator}
              exchange-goNN: {service: exchange-simulator}
            """;

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder).manifest(BOTH);
        ecosystem.init();
    }

    @Test
    void nothingIsToldWhereEverythingIsListed() {
        assertFalse(ecosystem.run("plan").out().contains("not listed any more"));
    }

    @Test
    void anInstanceThatIsGoneIsToldWithItsSchemaItsRoleAndItsFolders() {
        ecosystem.manifest(BOTH.replace("  exchange-goNN: {service: exchange-simulator}\n", ""));

        String plan = ecosystem.run("plan").out();

        assertTold(plan, "schema exchange_goNN (made for exchange-goNN); init leaves it, "
                + "`provision rollback exchange-goNN` takes it away\n");
        assertTold(plan, "role exchange_goNN_adapter (made for exchange-goNN)");
        assertTrue(plan.contains(ecosystem.numbered("volumes/exchange-goNN/data (made for exchange-goNN)")), plan);
        assertFalse(plan.contains(ecosystem.numbered("volumes/exchange-stayNN")), plan);
    }

    @Test
    void aFileInThePlaceOfOneFolderHidesNoOther() throws IOException {
        Path logs = folder.resolve(ecosystem.numbered("volumes/exchange-goNN/logs"));
        Files.delete(logs);
        Files.createFile(logs);
        ecosystem.manifest(BOTH.replace("  exchange-goNN: {service: exchange-simulator}\n", ""));

        String plan = ecosystem.run("plan").out();

        assertTrue(plan.contains(ecosystem.numbered("volumes/exchange-goNN/data (made for exchange-goNN)")), plan);
        assertFalse(plan.contains(logs.toString()), plan);
    }

    /** Nobody can tell another ecosystem's from one's own under its former name, but for the person who renamed it. */
    @Test
    void whatStandsUnderTheFormerNameOfTheEcosystemIsToldBeforeTheFirstInit() {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-newNN: {service: exchange-simulator}}
                """);
        ecosystem.file("instances.yaml", ecosystem.read("instances.yaml").replace("ecosystem: test", "ecosystem: new"));

        String told =
                "2 schemas and 4 roles in this database were made for the ecosystem test, and nothing yet for new";
        TestEcosystem.Ran plan = ecosystem.run("plan");
        assertTrue(plan.toString().contains(told), plan::toString);
        ecosystem.init();

        assertFalse(ecosystem.run("plan").toString().contains(told));
    }

    @Test
    void whatAFormerReaderMayStillReadIsTold() {
        ecosystem.manifest(BOTH.replace(", auditorNN", ""));

        TestEcosystem.Ran plan = ecosystem.run("plan", "--detailed-exitcode");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertTold(plan.out(), "role auditorNN");
        assertFalse(plan.out().contains("takes it away"), plan::toString);
        assertTold(plan.out(), "schema grant exchange_stayNN to auditorNN");
        assertTold(plan.out(), "default privileges tables by exchange_stayNN_adapter in exchange_stayNN to auditorNN");
    }

    @Test
    void whatAnotherManifestAsksForInTheSameDatabaseIsNotTold() {
        ecosystem.file("others.yaml", ecosystem.read("instances.yaml")
                .replace("ecosystem: test", "ecosystem: others")
                .replace("exchange-", "exchange-other-")
                .replace("[reader", "[viewer")
                .replace("auditor", "inspector"));
        TestEcosystem.Ran other = ecosystem.run("init", "-f", "others.yaml");

        assertEquals(0, other.exitCode(), other::toString);
        assertFalse(ecosystem.run("plan").out().contains("not listed"), () -> ecosystem.run("plan").out());
        assertFalse(ecosystem.run("plan", "-f", "others.yaml").out().contains("not listed"));
    }

    private void assertTold(String plan, String what) {
        assertTrue(plan.contains(ecosystem.numbered("not listed any more: " + what)), plan);
    }
}
