package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
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
    void whatTheManifestProtectsWantsTheOverride() {
        listed(true);
        ecosystem.init();
        Catalogs standing = ecosystem.catalogs();

        refused();
        assertEquals(standing, ecosystem.catalogs());
        ecosystem.rollback("--unprotect", "exchange-okxNN");

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void whatWasTakenOutOfTheManifestWantsTheOverride() {
        listed(true);
        ecosystem.init();
        taken();

        refused();
        ecosystem.rollback("--unprotect", "exchange-okxNN");

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

        ecosystem.rollback();
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

    /** One that may read the journal as it was before it had protections. */
    private TestPostgres.Login auditor() {
        TestPostgres.Login login = ecosystem.provisioningLogin();
        ecosystem.execute("""
                GRANT USAGE ON SCHEMA provision TO %1$s;
                GRANT SELECT ON ALL TABLES IN SCHEMA provision TO %1$s;
                """.formatted(login.name()));
        return login;
    }

    @Test
    void whatIsAddedToAJournalOfBeforeHasTheGrantsOfTheRest() {
        listed(true);
        ecosystem.init();
        ecosystem.execute("DROP TABLE provision.protections");
        ecosystem.execute("""
                CREATE ROLE "watch'erNN";
                GRANT SELECT ON provision.changes TO "watch'erNN";
                GRANT SELECT, INSERT ON provision.changes TO PUBLIC;
                """);

        ecosystem.init();

        String acl = "SELECT a::text FROM pg_class c, unnest(relacl) a "
                + "WHERE c.oid = 'provision.%s'::regclass ORDER BY 1";
        assertEquals(ecosystem.query(acl.formatted("changes")), ecosystem.query(acl.formatted("protections")));
    }

    @Test
    void whoMayNotReadThemIsToldThatTheyAreUnknown() {
        listed(true);
        ecosystem.init();
        TestPostgres.Login login = auditor();
        ecosystem.execute("REVOKE ALL ON provision.protections FROM " + login.name());

        Ran plan = ecosystem.run("plan");
        Ran listed = ecosystem.run("rollback", "--dry-run", "exchange-binanceNN");
        taken();
        Ran unlisted = ecosystem.run("rollback", "--dry-run", "exchange-okxNN");

        String unknown = "is unknown: the login may not read the table protections in the schema provision";
        assertTrue(plan.out().contains(unknown), plan::toString);
        assertTrue(listed.out().contains(unknown), listed::toString);
        assertTrue(
                unlisted.toString().contains(
                        ecosystem.numbered("whether exchange-okxNN is protected from rollback " + unknown)),
                unlisted::toString);
    }

    @Test
    void whoMayNotMakeTheTableIsToldWhatIsNotRecorded() {
        listed(true);
        ecosystem.init();
        ecosystem.execute("DROP TABLE provision.protections");
        auditor();

        Ran plan = ecosystem.run("plan");

        assertTrue(plan.out().contains(ecosystem.numbered("the journal cannot be told `protect` of exchange-okxNN")),
                plan::toString);
    }
}
