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

/** {@code protect: true} counts also when the manifest does not list the instance any more. */
@Timeout(60)
class ProtectedTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void fresh() {
        ecosystem = TestEcosystem.in(folder);
        before = ecosystem.catalogs();
    }

    private void listed(boolean protect) {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator, protect: %s}
                  exchange-binanceNN: {service: exchange-simulator}
                """.formatted(protect));
    }

    private void taken() {
        ecosystem.manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-binanceNN: {service: exchange-simulator}}
                """);
    }

    private void refused() {
        Ran refused = ecosystem.run("rollback", "--yes");
        assertEquals(7, refused.exitCode(), refused::toString);
        assertTrue(refused.err().contains(ecosystem.numbered("--unprotect exchange-okxNN")), refused::toString);
    }

    @Test
    void whatWasTakenOutOfTheManifestWantsTheOverride() {
        listed(true);
        ecosystem.init();
        taken();

        refused();
        Ran ran = ecosystem.run("rollback", "--yes", "--unprotect", "exchange-okxNN");

        assertEquals(0, ran.exitCode(), ran::toString);
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void aProtectionThatCameLaterIsJournaledOnce() {
        listed(false);
        ecosystem.init();
        listed(true);

        ecosystem.init();
        Ran again = ecosystem.init();
        taken();

        assertTrue(again.out().contains("nothing to do"), again::toString);
        assertEquals(List.of("2"), ecosystem.query("SELECT count(*) FROM provision.runs"));
        refused();
    }

    @Test
    void whatTheManifestUnprotectedBeforeItWasTakenOutIsNotProtected() {
        listed(true);
        ecosystem.init();
        listed(false);
        ecosystem.init();
        taken();

        assertEquals(0, ecosystem.run("rollback", "--yes").exitCode());
    }

    @Test
    void aJournalOfBeforeIsReadAndGetsWhatItLacks() {
        listed(true);
        ecosystem.init();
        ecosystem.execute("DROP TABLE provision.protections");
        taken();
        assertEquals(0, ecosystem.run("rollback", "--dry-run").exitCode());
        listed(true);

        ecosystem.init();
        taken();

        refused();
    }
}
