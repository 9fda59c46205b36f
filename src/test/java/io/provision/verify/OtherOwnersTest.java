package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances whose schema the admin owns, or that have one role on purpose; and readers with a password. */
class OtherOwnersTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                  custodian-simulator: {}
                instances:
                  exchange-okxNN:
                    service: exchange-simulator
                    owner: admin
                    legacy_schemas: [old_okxNN]
                    readers: {viewerNN: {password: {generate: viewer}}, groupNN: {}}
                  custodian-oneNN: {service: custodian-simulator, role: bothNN, postgres_password: {generate: both}}
                  custodian-twoNN: {service: custodian-simulator, role: bothNN, postgres_password: {generate: both}}
                """);
        ecosystem.provisioningLogin();
        ecosystem.init("--only", "postgres");
    }

    @Test
    void reachNobodyWhereNothingIsOpen() {
        Verified verified = verify();

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(List.of(), verified.breaches());
        assertEquals(List.of(), verified.warnings());
        // Those with one role are no pair.
        assertEquals(4, verified.pairs());
    }

    @Test
    void whatWasTheAdminsGoesBackToTheAdmin() {
        ecosystem.execute("ALTER SCHEMA exchange_okxNN OWNER TO bothNN");

        Verified verified = verify();

        assertEquals(
                List.of("custodian-oneNN exchange-okxNN", "custodian-twoNN exchange-okxNN").stream()
                        .map(ecosystem::numbered).toList(),
                verified.breaches().stream().map(b -> b.from() + " " + b.to()).toList(),
                verified::toString);
        ecosystem.execute(verified.breaches().get(0).remedy());
        assertEquals(List.of(), verify().breaches());
        assertEquals(
                ecosystem.query("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'provision'"),
                ecosystem.query("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
    }

    @Test
    void aRoleOfSeveralThatFindsTheSchemaOfNoneIsAFault() {
        String found = connected().toString();
        ecosystem.execute("ALTER ROLE bothNN IN DATABASE " + ecosystem.database() + " RESET search_path");

        Verified verified = connected();

        assertFalse(found.contains("login"), found);
        assertTrue(
                verified.faults().contains(ecosystem.numbered("custodian-twoNN login: bothNN logs in and looks for its "
                        + "tables in public, not in custodian_twoNN")),
                verified::toString);
    }

    private Verified connected() {
        return Verified.of(ecosystem.run(
                "verify", "--only", "postgres", "--connect", "-o", "json", "custodian-oneNN", "custodian-twoNN"));
    }

    @Test
    void aReaderWhoIsGivenAPasswordAndMayNotLogInIsAFault() {
        ecosystem.execute("ALTER ROLE viewerNN NOLOGIN; ALTER ROLE groupNN NOLOGIN");

        Verified verified = verify();

        assertEquals(
                List.of(ecosystem.numbered("* may_log_in: viewerNN may not log in (NOLOGIN)")), verified.faults());
        verified.remedies().forEach(ecosystem::execute);
        assertEquals(0, verify().exitCode(), () -> verify().toString());
    }

    @Test
    void aLegacySchemaIsTheInstancesToo() {
        ecosystem.execute("GRANT CREATE ON SCHEMA old_okxNN TO PUBLIC");

        assertEquals(
                List.of("PUBLIC was granted CREATE on the schema old_okxNN").stream()
                        .map(ecosystem::numbered).toList(),
                verify().breaches().stream().map(Verified.Found::how).toList());
    }

    private Verified verify() {
        return Verified.of(ecosystem.run("verify", "--only", "postgres", "-o", "json"));
    }
}
