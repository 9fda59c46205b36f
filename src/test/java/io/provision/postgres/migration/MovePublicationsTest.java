package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.hazards;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.Hazard;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publication loses a table that moves, or its subscribers do not find it any more. */
class MovePublicationsTest {

    private static final String NAMED =
            "the publication named goes on with public.events under the name audit.events, which its subscribers have"
                    + " to have";

    @TempDir
    private Path folder;

    @Test
    void whoPublishesATableIsTold() {
        assertEquals(
                List.of(
                        NAMED.replace("named", "everything"),
                        "the publication here is for the tables in the schema public, and drops public.events without"
                                + " a word",
                        NAMED,
                        "the publication there is for the tables in the schema audit, and will publish audit.events"),
                hazards(published(TestPostgres.DEFAULT_MAJOR)
                        .run("CREATE PUBLICATION here FOR TABLES IN SCHEMA public")
                        .run("CREATE PUBLICATION there FOR TABLES IN SCHEMA audit")
                        .find("events"), Hazard.PUBLICATION));
    }

    @Test
    void aSchemaThatIsStillToBeMadeMakesNoDifference() {
        assertEquals(
                List.of("the publication here is for the tables in the schema public, and drops public.events without"
                        + " a word"),
                hazards(MoveFixture.on(TestPostgres.DEFAULT_MAJOR, folder)
                        .run("CREATE TABLE events (id integer); DROP SCHEMA audit;"
                                + "CREATE PUBLICATION here FOR TABLES IN SCHEMA public")
                        .find("events"), Hazard.PUBLICATION));
    }

    @Tag("full")
    @Test
    void schemasWereNotPublishedBefore15() {
        assumeTrue(TestPostgres.isAvailable(13), "no binaries of PostgreSQL 13");

        assertEquals(
                List.of(NAMED.replace("named", "everything"), NAMED),
                hazards(published(13).find("events"), Hazard.PUBLICATION));
    }

    private MoveFixture published(int major) {
        return MoveFixture.on(major, folder).run("""
                CREATE TABLE events (id integer);
                CREATE TABLE other (id integer);
                CREATE PUBLICATION named FOR TABLE events, other;
                CREATE PUBLICATION others FOR TABLE other;
                CREATE PUBLICATION everything FOR ALL TABLES
                """);
    }
}
