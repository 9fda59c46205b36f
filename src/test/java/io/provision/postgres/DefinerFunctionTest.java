package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements of a file, in one call of a function that nobody gets out of. */
class DefinerFunctionTest {

    @TempDir
    private Path folder;

    @AutoClose
    private Session session;

    @BeforeEach
    void aSchema() {
        TestEcosystem ecosystem = TestEcosystem.in(folder);
        ecosystem.execute("CREATE SCHEMA \"A place 7\"");
        session = PlainPostgres.at(ecosystem.postgresUrl()).open();
        session.begin();
    }

    private static DefinerFunction of(String... statements) {
        return new DefinerFunction("A place 7", List.of(statements));
    }

    @Test
    void nothingOfItStaysInTheSession() {
        session.executeAll(of("SELECT 1").sent());
        int before = plans();

        for (int i = 0; i < 5; i++) {
            session.executeAll(of("SELECT 'it''s'", "SELECT 2").sent());
        }

        assertEquals(before, plans());
    }

    private int plans() {
        return session.query(
                        """
                        SELECT count(*)
                        FROM pg_backend_memory_contexts
                        WHERE name = 'CachedPlanSource'
                        """,
                        row -> row.getInt(1))
                .get(0);
    }

    @Test
    void nothingOfItStaysInTheCatalog() {
        session.executeAll(of("SELECT 1").sent());

        assertEquals(List.of(), session.query(
                "SELECT proname FROM pg_proc WHERE proname LIKE 'provision%'", row -> row.getString(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void theStatementThatFailsIsToldHoweverManyLinesTheOthersHave(int failing) {
        List<String> statements =
                new ArrayList<>(List.of("SELECT 1", "SELECT\n\n2", "SELECT E'\\n\n'", "SELECT '\n''\n'"));
        statements.add(failing, "SELECT\n1 / 0");
        DefinerFunction function = new DefinerFunction("A place 7", statements);

        DatabaseFailure failure =
                assertThrows(DatabaseFailure.class, () -> session.executeAll(function.sent()));

        assertEquals(OptionalInt.of(failing), function.failed(failure));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELEC", "SELECT 1 / 0", "SELECT nobody()", "COMMIT", "DO 'BEGIN RAISE ''x''; END'"})
    void whateverItFailsOf(String statement) {
        DefinerFunction function = of("SELECT 1", statement, "SELECT 2");

        DatabaseFailure failure =
                assertThrows(DatabaseFailure.class, () -> session.executeAll(function.sent()));

        assertEquals(OptionalInt.of(1), function.failed(failure));
    }

    @Test
    void noneIsToldWhereItWasNone() {
        DefinerFunction function = new DefinerFunction("not there", List.of("SELECT 1"));

        DatabaseFailure failure =
                assertThrows(DatabaseFailure.class, () -> session.executeAll(function.sent()));

        assertEquals(OptionalInt.empty(), function.failed(failure));
    }
}
