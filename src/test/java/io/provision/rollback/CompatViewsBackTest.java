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

/** Views that {@code init} left in public go before their tables come back. */
@Timeout(60)
class CompatViewsBackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void move() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {migrate: {tables: [trades], views: compat}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("CREATE ROLE old_appNN; CREATE TABLE public.trades (id bigserial PRIMARY KEY, price numeric);"
                + "GRANT SELECT, INSERT ON public.trades TO old_appNN");
        before = ecosystem.catalogs();
        ecosystem.init();
    }

    @Test
    void whatWasWrittenThroughThemIsThere() {
        ecosystem.execute("INSERT INTO public.trades (price) VALUES (7)");

        Ran rollback = ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
        assertEquals(List.of("7"), ecosystem.query("SELECT price FROM public.trades"));
        ecosystem.init();
        ecosystem.assertNothingToDo();
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void aViewThatSomebodyHasPutOnOneIsFoundBeforeAnythingIsDone() {
        ecosystem.execute("CREATE VIEW public.eyes AS SELECT id FROM public.trades");

        Ran rollback = refused();

        assertTrue(rollback.err().contains("the view public.trades has to go before its table comes back, and the view "
                + "public.eyes needs it"), rollback::toString);
    }

    @Test
    void oneThatAnotherHandMadeIsANameThatIsTaken() {
        ecosystem.execute("DROP VIEW public.trades; CREATE VIEW public.trades AS SELECT 1 AS id");

        refused();
    }

    @Test
    void oneThatAnotherHandRewroteIsNotDropped() {
        ecosystem.execute("CREATE OR REPLACE VIEW public.trades AS SELECT * FROM exchange_okxNN.trades WHERE id > 5");

        Ran rollback = refused();

        assertTrue(rollback.err().contains("the view public.trades stands where its table is to go back to"),
                rollback::toString);
    }

    @Test
    void oneWhoseTableHasChangedIsStillTheSame() {
        ecosystem.execute("ALTER TABLE exchange_okxNN.trades RENAME price TO \"The price\";"
                + "ALTER TABLE exchange_okxNN.trades ADD COLUMN more integer");

        ecosystem.rollback();
    }

    /** Before anything is done. */
    private Ran refused() {
        Catalogs moved = ecosystem.catalogs();
        Ran rollback = ecosystem.rollback(7);
        assertEquals(moved, ecosystem.catalogs(), rollback::toString);
        return rollback;
    }
}
