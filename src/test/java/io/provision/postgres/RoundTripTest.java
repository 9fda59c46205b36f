package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to the server together is answered as if it had gone one after the other. */
class RoundTripTest {

    @TempDir
    private Path folder;

    private final List<String> answers = new ArrayList<>();

    @AutoClose
    private Session session;

    @BeforeEach
    void aSession() {
        TestEcosystem ecosystem = TestEcosystem.in(folder);
        session = PlainPostgres.at(ecosystem.postgresUrl()).open();
        session.begin();
    }

    private Question question(String sql, Object... parameters) {
        return new Question(sql, row -> answers.add(row.getString(1)), List.of(parameters));
    }

    @Test
    void eachQuestionHasItsOwnParametersAndRows() {
        session.ask(List.of(
                question("SELECT unnest(?::text[])", List.of("a", "b;c", "?")),
                question("SELECT 'none' WHERE FALSE -- with a comment"),
                question("SELECT ? || '?' || ?", "d", "e")));

        assertEquals(List.of("a", "b;c", "?", "d?e"), answers);
    }

    @Test
    void parametersArriveAsTheyAre() {
        String text = "it's \\ \"quoted\", {in} braces, with a $1";

        session.ask(List.of(
                question("SELECT ?", text),
                question("SELECT (?::text[])[2]", List.of("", text)),
                question("SELECT 5 - ?", -3),
                question("SELECT '?' /* ? */ WHERE ?", true),
                question("SELECT pg_typeof(?)", "a")));

        assertEquals(List.of(text, text, "8", "?", "text"), answers);
    }

    @Test
    void statementsThatAnswerSomethingAndSomeThatDoNotComeBefore() {
        List<String> statements = List.of(
                "CREATE TEMPORARY TABLE t (n integer)",
                "SELECT 'unasked'",
                "INSERT INTO t VALUES (7)",
                "SET LOCAL a.b = 'c'");

        session.executeThenAsk(
                statements,
                statements,
                List.of(question("SELECT n FROM t"), question("SELECT current_setting('a.b')")));

        assertEquals(List.of("7", "c"), answers);
    }

    @Test
    void nothingComesAfterAStatementThatFails() {
        List<String> statements = List.of("SELECT 1", "SELECT 1 / 0");

        DatabaseFailure failure = assertThrows(
                DatabaseFailure.class,
                () -> session.executeThenAsk(statements, statements, List.of(question("SELECT 2"))));

        assertEquals("22012", failure.sqlState());
        assertEquals(List.of(), answers);
    }
}
