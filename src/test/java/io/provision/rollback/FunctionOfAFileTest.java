package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of {@code sql:} made a function in public, which a later run moved. */
@Timeout(60)
class FunctionOfAFileTest {

    private static final String ANOTHER =
            "CREATE FUNCTION public.touch() RETURNS integer LANGUAGE sql AS 'SELECT 3'";

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void aFileMakesItAndTheNextRunMovesIt() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__touch.sql", "CREATE FUNCTION public.touch() RETURNS integer LANGUAGE sql AS 'SELECT 1'");
        ecosystem.execute("""
                GRANT CREATE ON SCHEMA public TO PUBLIC;
                CREATE TABLE public.trades (id integer);
                CREATE FUNCTION public.touch(integer) RETURNS integer LANGUAGE sql AS 'SELECT 2';
                """);
        before = ecosystem.catalogs();
        MadeThenMoved.in(ecosystem, "[trades, \"touch()\"]");
        assertEquals(List.of("1"), ecosystem.query("SELECT exchange_okxNN.touch()"));
    }

    @Test
    void itGoesAndTheOneWithOtherArgumentsStays() {
        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void oneOfItsNameThatAnotherHandHasMadeInPublicBarsTheWay() {
        ecosystem.execute(ANOTHER);

        assertEquals(7, ecosystem.run("rollback", "--yes").exitCode());

        assertEquals(List.of("3"), ecosystem.query("SELECT public.touch()"));
    }

    @Test
    void onceItIsGoneTheOneOfItsNameStays() {
        ecosystem.execute("DROP FUNCTION exchange_okxNN.touch();" + ANOTHER);

        ecosystem.rollback("--skip-changed");

        assertEquals(List.of("3"), ecosystem.query("SELECT public.touch()"));
    }
}
