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

/** Files of {@code sql:} made types and extended statistics in public, which went along with a table later. */
@Timeout(60)
class TypesOfAFileTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void filesMakeThemAndTheNextRunMovesThem() {
        ecosystem = TestEcosystem.in(folder).file("sql/V2__more.sql", """
                ALTER TYPE public.mood ADD VALUE 'wild';
                ALTER DOMAIN public.price ADD CONSTRAINT small CHECK (VALUE < 1000);
                """).file("sql/V1__trades.sql", """
                CREATE TYPE public.mood AS ENUM ('calm', 'busy');
                CREATE DOMAIN public.price AS numeric CHECK (VALUE > 0);
                CREATE TYPE public.place AS (x integer, y integer);
                CREATE TABLE public.trades (id integer, how public.mood, cost public.price, at public.place);
                CREATE STATISTICS public.sizes ON id, how FROM public.trades;
                """);
        ecosystem.execute("""
                GRANT CREATE ON SCHEMA public TO PUBLIC;
                CREATE TABLE public.sizes (id integer);
                """);
        before = ecosystem.catalogs();
        MadeThenMoved.in(ecosystem, "[trades]", "--allow-hazard", "ownership");
        assertEquals(
                ecosystem.numbered("mood exchange_okxNN, place exchange_okxNN, price exchange_okxNN,"
                        + " sizes exchange_okxNN"),
                ecosystem.query("""
                        SELECT string_agg(o.name || ' ' || o.place::regnamespace, ', ' ORDER BY o.name)
                        FROM (
                          SELECT typname AS name, typnamespace AS place
                          FROM pg_type
                          UNION ALL
                          SELECT stxname, stxnamespace
                          FROM pg_statistic_ext
                        ) o
                        WHERE o.name IN ('mood', 'price', 'place', 'sizes')
                          AND o.place <> 'public'::regnamespace
                        """).get(0));
    }

    @Test
    void theyGoAndTheTableThatIsNamedAsTheStatisticsStays() {
        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void theyGoWithoutTheTableThatTookThemAlong() {
        ecosystem.execute("DROP TABLE exchange_okxNN.trades");

        ecosystem.rollback("--skip-changed");

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void thoseOfTheirNamesThatAnotherHandHasMadeInPublicBarTheWay() {
        ecosystem.execute("""
                CREATE TYPE public.mood AS ENUM ('other');
                CREATE DOMAIN public.price AS text;
                CREATE TYPE public.place AS (z text);
                CREATE TABLE public.others (i integer, j integer);
                CREATE STATISTICS public.sizes ON i, j FROM public.others;
                """);
        Catalogs moved = ecosystem.catalogs();

        Ran rollback = ecosystem.rollback(7);

        for (String other : List.of("type public.mood", "type public.price", "type public.place")) {
            assertTrue(rollback.err().contains("where the " + other + " stands"), rollback::toString);
        }
        assertTrue(rollback.err().contains("where the extended statistics public.sizes stand"), rollback::toString);
        assertEquals(moved, ecosystem.catalogs());
    }
}
