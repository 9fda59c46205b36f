package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.StatementLog;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That everything is there; and who may ask. Each test leaves the ecosystem as it found it. */
@TestInstance(Lifecycle.PER_CLASS)
class VerifyTest {

    private VerifiedEcosystem ecosystem;

    @BeforeAll
    void init(@TempDir Path folder) {
        ecosystem = VerifiedEcosystem.on(TestPostgres.shared(), folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ALTER DEFAULT PRIVILEGES FOR ROLE okx_role IN SCHEMA okx_schema REVOKE SELECT ON TABLES FROM readerNN"
                + "| exchange-okxNN default_privileges | readerNN cannot use the tables that okx_role will make there",
        "DROP SCHEMA audit_NN CASCADE                                   | audit-NN schema | there is none",
        "ALTER ROLE okx_role IN DATABASE the_database RESET search_path | exchange-okxNN search_path | there is none",
        "REVOKE SELECT ON okx.things FROM readerNN          | exchange-okxNN object_grants | lacks privileges on 1",
        "ALTER ROLE komainu_role NOLOGIN CONNECTION LIMIT 0 | custodian-komainuNN may_log_in | may not log in",
        "ALTER ROLE komainu_role VALID UNTIL '2020-01-01'   | custodian-komainuNN may_log_in | has run out",
        "REVOKE USAGE ON SCHEMA okx_schema FROM readerNN    | exchange-okxNN schema_grant  | readerNN lacks USAGE",
    })
    void whatIsMissingIsAFaultWithItsRemedy(String damage, String check, String reason) {
        ecosystem.execute(damage);

        Verified verified = ecosystem.verify();
        verified.remedies().stream().filter(remedy -> !remedy.startsWith("`")).forEach(ecosystem::execute);

        assertEquals(4, verified.exitCode(), verified::toString);
        assertTrue(
                verified.faults().stream().anyMatch(fault -> fault.startsWith(ecosystem.written(check + ": "))
                        && fault.contains(ecosystem.written(reason))),
                verified::toString);
        assertEquals(0, ecosystem.verify().exitCode(), () -> ecosystem.verify().toString());
    }

    @Test
    void aRoleThatMayNotConnectToTheDatabaseIsAFault() {
        ecosystem.execute("GRANT CONNECT ON DATABASE the_database TO the_login, okx_role; "
                + "REVOKE CONNECT ON DATABASE the_database FROM PUBLIC");

        Verified verified = ecosystem.verify();
        verified.remedies().forEach(ecosystem::execute);

        assertEquals(2, verified.faults().size(), verified::toString);
        assertTrue(
                verified.faults().contains(ecosystem.written("custodian-komainuNN may_log_in: komainu_role may not "
                        + "connect to the database the_database")),
                verified::toString);
        assertEquals(0, ecosystem.verify().exitCode(), () -> ecosystem.verify().toString());
        ecosystem.execute("GRANT CONNECT ON DATABASE the_database TO PUBLIC; "
                + "REVOKE CONNECT ON DATABASE the_database FROM the_login, okx_role, komainu_role, audit_NN_adapter");
    }

    @Test
    void rowSecurityThatHidesEveryRowFromAReaderIsAWarning() {
        ecosystem.execute("ALTER TABLE audit_NN.things ENABLE ROW LEVEL SECURITY; "
                + "CREATE POLICY part ON audit_NN.things FOR SELECT TO okx_role USING (id > 1)");

        Verified verified = ecosystem.verify();

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(
                List.of(ecosystem.written("readerNN may read things of audit_NN, and sees no row there: row security "
                        + "is on, and no policy is for readerNN (CREATE POLICY)")),
                verified.warnings());
        ecosystem.execute("DROP POLICY part ON audit_NN.things; "
                + "ALTER TABLE audit_NN.things DISABLE ROW LEVEL SECURITY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "the_login", "readerNN"})
    void whatAFunctionShowsThatRunsAsSomebodyWhoSeesInstancesIsNotProved(String owner) {
        ecosystem.execute("CREATE FUNCTION public.things() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
                + "AS 'SELECT count(*) FROM audit_NN.things'; "
                + "ALTER FUNCTION public.things() OWNER TO " + owner);

        Verified verified = ecosystem.verify();

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(
                List.of(ecosystem.written("PUBLIC may execute public.things(), SECURITY DEFINER as " + owner
                        + ", who may look into instances: what that shows of them is not proved; look into it, or"
                        + " REVOKE EXECUTE")),
                verified.warnings());
        ecosystem.execute("REVOKE EXECUTE ON FUNCTION public.things() FROM PUBLIC");
        assertEquals(List.of(), ecosystem.verify().warnings());
        ecosystem.execute("DROP FUNCTION public.things()");
    }

    @Test
    void theSearchPathOfTheDatabaseIsThatOfARoleWithoutOne() {
        ecosystem.execute("ALTER DATABASE the_database SET search_path = komainu_schema");
        List<Verified.Found> withOne = ecosystem.verify().breaches();
        ecosystem.execute("ALTER ROLE okx_role IN DATABASE the_database RESET search_path");

        Verified without = ecosystem.verify();
        without.remedies().stream().filter(remedy -> !remedy.startsWith("`")).forEach(ecosystem::execute);

        assertEquals(List.of(), withOne);
        assertTrue(
                without.breaches().stream().anyMatch(breach -> breach.how().contains(
                        ecosystem.written("okx_role has the schema komainu_schema in its search path"))),
                without::toString);
        ecosystem.execute("ALTER DATABASE the_database RESET search_path");
        assertEquals(0, ecosystem.verify().exitCode(), () -> ecosystem.verify().toString());
    }

    @Test
    void defaultPrivilegesAreProvedByEffectToo() {
        ecosystem.execute("ALTER DEFAULT PRIVILEGES FOR ROLE okx_role IN SCHEMA okx_schema "
                + "REVOKE SELECT ON TABLES FROM readerNN");

        Verified verified = ecosystem.verify("--probe", "all");

        assertTrue(
                verified.faults().contains(ecosystem.written("exchange-okxNN default_privileges_probe: readerNN lacks "
                        + "SELECT on a new table that okx_role makes in okx_schema")),
                verified::toString);
        assertEquals(List.of(), ecosystem.ecosystem().query("SELECT relname FROM pg_class WHERE relname ~ 'probe'"));
        assertFalse(ecosystem.verify("--probe", "none").toString().contains("default_privileges_probe"));
        ecosystem.ecosystem().init("--only", "postgres");
    }

    @Test
    void whatDoesNotStandIsToldOnce() {
        ecosystem.execute("DROP SCHEMA audit_NN CASCADE");

        Verified verified = ecosystem.verify("--probe", "all");

        assertTrue(verified.faults().contains(ecosystem.written("audit-NN schema: schema audit_NN: there is none")));
        assertEquals(List.of(), verified.warnings());
        ecosystem.ecosystem().init("--only", "postgres");
    }

    @Test
    void aDefaultPrivilegeThatACreatorDoesNotInheritIsProvedForBothCreators() {
        List<String> probed = Verified.nodes(ecosystem.verify().document().get("checks")).stream()
                .filter(check -> check.get("check").asText().equals("default_privileges_probe"))
                .map(check -> check.get("detail").asText())
                .toList();

        // Tables and sequences, by the role and by the login; the audit service has one reader more.
        assertEquals(
                List.of("new tables and sequences have them (4)", "new tables and sequences have them (4)",
                        "new tables and sequences have them (8)"),
                probed.stream().sorted().toList());
    }

    @Test
    void aLoginThatMayOnlyReadProvesAllButWhatItMustMake() {
        TestPostgres postgres = ecosystem.ecosystem().postgres();
        ecosystem.execute("CREATE ROLE lookerNN LOGIN PASSWORD 'looks-only'");
        String before = ecosystem.ecosystem().postgresUrl();
        ecosystem.ecosystem().connectingAs(postgres.url(
                ecosystem.written("lookerNN"), "looks-only", ecosystem.ecosystem().database()));
        long mark = postgres.mark();

        Verified verified = ecosystem.verify();

        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(verified.warnings().stream().anyMatch(w -> w.contains("may not read the journal")),
                verified::toString);
        assertTrue(verified.warnings().stream().anyMatch(w -> w.contains("proved by effect: permission denied")),
                verified::toString);
        assertFalse(verified.document().toString().contains("sql_file"));
        List<String> statements = StatementLog.texts(postgres.logSince(mark));
        assertEquals(
                statements.stream().filter(s -> s.startsWith("BEGIN")).count(),
                statements.stream().filter(s -> s.contains("READ ONLY") || s.contains("READ WRITE")).count());
        assertEquals(1, statements.stream().filter(s -> s.contains("READ WRITE")).count(), statements::toString);
        ecosystem.execute("GRANT USAGE ON SCHEMA komainu_schema TO okx_role");
        assertEquals(4, ecosystem.verify().exitCode());
        ecosystem.ecosystem().connectingAs(before);
        ecosystem.execute("REVOKE USAGE ON SCHEMA komainu_schema FROM okx_role; DROP ROLE lookerNN");
    }

    @Test
    void anInstanceThatIsNamedIsVerifiedAgainstAllOthersBothWays() {
        ecosystem.execute("GRANT USAGE ON SCHEMA komainu_schema TO okx_role");

        assertEquals(4, ecosystem.verify("exchange-okxNN").exitCode());
        assertEquals(4, ecosystem.verify("custodian-komainuNN").exitCode());
        Verified other = ecosystem.verify("audit-NN");
        assertEquals(0, other.exitCode(), other::toString);
        assertEquals(4, other.pairs());
        ecosystem.execute("REVOKE USAGE ON SCHEMA komainu_schema FROM okx_role");
    }

    @Test
    void withConnectEveryInstanceLogsInWithItsOwnPassword() {
        Verified verified = ecosystem.verify("--connect");
        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(verified.document().toString().contains(ecosystem.written("okx_role logs in and finds okx_schema")));

        ecosystem.execute("ALTER ROLE okx_role PASSWORD 'another'; ALTER ROLE komainu_role SUPERUSER");
        Verified again = ecosystem.verify("--connect");

        assertTrue(
                again.faults().stream().anyMatch(fault -> fault.startsWith(ecosystem.written("exchange-okxNN login: "))
                        && fault.contains("password authentication failed")),
                again::toString);
        assertEquals(1, again.breaches().size(), again::toString);
        ecosystem.execute("ALTER ROLE komainu_role NOSUPERUSER");
    }

    @Test
    void aLoginThatFailsForAnotherReasonThanItsPasswordSaysWhatMendsThat() {
        ecosystem.execute("ALTER ROLE komainu_role CONNECTION LIMIT 0");

        Verified verified = ecosystem.verify("--connect", "custodian-komainuNN");

        String told = verified.document().toString();
        assertTrue(told.contains("too many connections for role"), told);
        assertTrue(told.contains("free a connection"), told);
        assertFalse(told.contains("PASSWORD"), told);
        ecosystem.execute("ALTER ROLE komainu_role CONNECTION LIMIT -1");
    }
}
