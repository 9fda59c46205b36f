package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each door is opened by hand, found, named with its path, and closed by the statements that are printed. */
@TestInstance(Lifecycle.PER_CLASS)
class BreachesTest {

    private VerifiedEcosystem ecosystem;

    @BeforeAll
    void init(@TempDir Path folder) {
        ecosystem = VerifiedEcosystem.on(TestPostgres.shared(), folder);
    }

    static Stream<BreachCase> cases() {
        return BreachCase.all().filter(breach -> breach.isOn(TestPostgres.DEFAULT_MAJOR));
    }

    @Test
    void aCleanSystemHasNone() {
        ecosystem.verify().assertClean(6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isFoundAndNamedAndClosed(BreachCase breach) {
        ecosystem.isFoundAndNamedAndClosed(breach);
    }

    @Test
    void readersThatTheManifestNamesAreNone() {
        assertTrue(ecosystem.ecosystem().query("SELECT has_table_privilege('exchange_okxNN_adapter', "
                + "'audit_NN.things', 'SELECT')").equals(List.of("t")));
        assertFalse(ecosystem.verify().toString().contains("from exchange-okx"));
    }

    /** The server asks for its user's rights also where another view stands between. */
    @Test
    void aViewThatReadsWithItsUsersRightsIsNone() {
        ecosystem.execute("""
                CREATE VIEW public.asked WITH (security_invoker) AS SELECT id FROM komainu.things;
                CREATE VIEW public.again AS SELECT id FROM public.asked;
                GRANT SELECT ON public.asked, public.again TO okx_role
                """);

        Verified verified = ecosystem.verify();

        assertEquals(List.of(), verified.breaches(), verified::toString);
        ecosystem.execute("DROP VIEW public.again; DROP VIEW public.asked");
    }

    @Test
    void aRoleThatNobodyNamedIsAWarning() {
        ecosystem.execute("CREATE ROLE strangerNN; GRANT SELECT ON komainu.things TO strangerNN");

        Verified verified = ecosystem.verify();

        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(verified.warnings().get(0).matches("stranger\\d+, whom the manifest does not name, was granted .*"),
                verified::toString);
        ecosystem.execute("REVOKE ALL ON komainu.things FROM strangerNN; DROP ROLE strangerNN");
    }
}
