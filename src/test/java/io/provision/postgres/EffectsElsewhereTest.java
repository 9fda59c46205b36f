package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file does to what its owner has outside of the schema is told as well. */
class EffectsElsewhereTest {

    @TempDir
    private Path folder;

    @AutoClose
    private OwnersPlace place;

    @BeforeEach
    void anEmptySchema() {
        place = new OwnersPlace(TestEcosystem.in(folder));
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
        place.asOwner(made);
        EffectsQuery.Snapshot before = place.effects().snapshot();

        place.asOwner(changed);

        assertEquals(
                List.of(effect),
                place.effects().since(before).stream()
                        .map(e -> "%s %s %s".formatted(e.kind(), e.type(), e.identity()))
                        .toList());
    }
}
