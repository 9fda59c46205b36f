package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file does to what its owner has outside of the schema is told as well. */
class EffectsElsewhereTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Session session;
    private ScriptContext context;

    @BeforeEach
    void anEmptySchema() {
        ecosystem = TestEcosystem.in(folder);
        String owner = ecosystem.numbered("lister NN");
        ecosystem.execute("""
                CREATE ROLE "lister NN";
                CREATE SCHEMA "A place" AUTHORIZATION "lister NN";
                CREATE SCHEMA elsewhere;
                GRANT CREATE, USAGE ON SCHEMA elsewhere TO "lister NN"
                """);
        PostgresTarget target =
                PostgresTarget.of(Optional.of(ecosystem.postgresUrl()), PostgresTarget.Tls.NONE, Map.of());
        session = new Postgres(target, "test", statement -> { }).open();
        context = new ScriptContext("A place", owner, "lister", "lister", Optional.of(owner));
        session.begin();
    }

    @AfterEach
    void undone() {
        session.rollback();
        session.close();
    }

    private void asOwner(String statements) {
        session.executeAll(List.of(
                "SET LOCAL ROLE " + Sql.identifier(context.role()),
                "SET LOCAL search_path = \"A place\", public",
                statements,
                "RESET ROLE",
                "SET LOCAL search_path = pg_catalog, pg_temp"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "CREATE TABLE elsewhere.t (n int)|ALTER TABLE elsewhere.t ADD m int|CHANGED table elsewhere.t",
        "CREATE TABLE elsewhere.t (n int)|CREATE INDEX i ON elsewhere.t (n)|MADE index elsewhere.i",
        "CREATE TABLE elsewhere.t (n int)|ALTER TABLE elsewhere.t ADD CONSTRAINT c CHECK (n > 0)|"
                + "MADE table constraint c on elsewhere.t",
        "CREATE FUNCTION elsewhere.f() RETURNS int LANGUAGE sql AS 'SELECT 1'|"
                + "ALTER FUNCTION elsewhere.f() STRICT|CHANGED function elsewhere.f()",
        "CREATE TYPE elsewhere.mood AS ENUM ('a')|ALTER TYPE elsewhere.mood ADD VALUE 'b'|"
                + "MADE enum value 'b' of elsewhere.mood",
        "CREATE DOMAIN elsewhere.price AS int|ALTER DOMAIN elsewhere.price SET DEFAULT 3|CHANGED type elsewhere.price",
        "CREATE DOMAIN elsewhere.price AS int|ALTER DOMAIN elsewhere.price ADD CONSTRAINT c CHECK (VALUE > 0)|"
                + "MADE domain constraint c on elsewhere.price",
        "CREATE TYPE elsewhere.place AS (x int)|ALTER TYPE elsewhere.place RENAME ATTRIBUTE x TO y|"
                + "CHANGED composite type elsewhere.place",
        "CREATE TABLE elsewhere.t (a int, b int); CREATE STATISTICS elsewhere.s ON a, b FROM elsewhere.t|"
                + "ALTER STATISTICS elsewhere.s SET STATISTICS 7|CHANGED statistics object elsewhere.s"})
    void whatOneFileMadeAnotherOneChanges(String made, String changed, String effect) {
        asOwner(made);
        EffectsQuery.Snapshot before = new EffectsQuery(session, context).snapshot();

        asOwner(changed);

        assertEquals(
                List.of(effect),
                new EffectsQuery(session, context).since(before).stream()
                        .map(e -> "%s %s %s".formatted(e.kind(), e.type(), e.identity()))
                        .toList());
    }
}
