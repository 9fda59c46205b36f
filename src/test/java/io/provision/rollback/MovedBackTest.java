package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** Tables that {@code migrate} moved go back, whatever has become of them. */
@Timeout(60)
class MovedBackTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private Catalogs before;

    @BeforeEach
    void move() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__keys.sql", """
                        CREATE INDEX trades_by_price ON trades (price);
                        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                        CREATE TRIGGER touched BEFORE UPDATE ON trades FOR EACH ROW EXECUTE FUNCTION touch();
                        ALTER TABLE trades ADD CONSTRAINT positive CHECK (price > 0);
                        CREATE TABLE notes (id integer);
                        """)
                .manifest("""
                        defaults: {readers: [readerNN]}
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-okxNN:
                            service: exchange-simulator
                            sql: sql
                            migrate: {tables: [trades, ticks], owner: role}
                          exchange-krakenNN: {service: exchange-simulator}
                        """);
        ecosystem.execute("""
                CREATE ROLE old_appNN;
                GRANT CREATE ON SCHEMA public TO old_appNN;
                CREATE TABLE public.trades (id bigserial PRIMARY KEY, price numeric NOT NULL);
                ALTER TABLE public.trades OWNER TO old_appNN;
                CREATE TABLE public.ticks (at date NOT NULL) PARTITION BY RANGE (at);
                ALTER TABLE public.ticks OWNER TO old_appNN;
                GRANT SELECT, INSERT ON public.trades TO old_appNN;
                GRANT SELECT ON public.ticks TO old_appNN;
                INSERT INTO public.trades (price) SELECT n FROM generate_series(1, 10) AS n;
                """);
        before = ecosystem.catalogs();
        ecosystem.init();
    }

    private void told(Ran ran, String text) {
        assertTrue((ran.out() + ran.err()).contains(ecosystem.numbered(text)), ran::toString);
    }

    @Test
    void withTheirOwnerAndWithoutWhatFilesMadeOnThem() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades (price) VALUES (11)");

        ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
        assertEquals(List.of("11"), ecosystem.query("SELECT count(*) FROM public.trades"));
    }

    @Test
    void thereAndBackAgain() {
        ecosystem.rollback();
        ecosystem.init();
        ecosystem.assertNothingToDo();
        Ran again = ecosystem.rollback();

        assertEquals(before, ecosystem.catalogs());
        assertFalse(again.out().contains("added to"), again::toString);
    }

    @Test
    void withPartitionsAndColumnsThatHaveComeSince() {
        ecosystem.execute("""
                CREATE TABLE exchange_okxNN.ticks_2026 PARTITION OF exchange_okxNN.ticks
                  FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                INSERT INTO exchange_okxNN.ticks VALUES ('2026-02-03');
                ALTER TABLE exchange_okxNN.trades ADD COLUMN note text;
                CREATE INDEX trades_by_note ON exchange_okxNN.trades (note);
                """);

        Ran rollback = ecosystem.rollback();

        assertEquals(List.of("1"), ecosystem.query("SELECT count(*) FROM public.ticks_2026"));
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'exchange_okxNN'"));
        told(rollback, "table exchange_okxNN.ticks_2026 has joined since and goes back with it");
        told(rollback, "added to exchange_okxNN.trades or changed since, and going back with it: "
                + "column note, index trades_by_note");
    }

    @Test
    void theWayBackIsToldInItsOwnDirection() {
        Ran rollback = ecosystem.run("rollback", "--dry-run");

        told(rollback, "  < move back table exchange_okxNN.trades to public  # init moved it\n");
        told(rollback, "  - schema exchange_okxNN  # init made it\n");
        assertFalse(rollback.out().contains("undoes"), rollback::toString);
    }

    @Test
    void theSummaryCountsWhatHappensToThings() {
        Ran rollback = ecosystem.run("rollback", "--dry-run", "-o", "json");

        told(rollback, "\"create\": 0,");
        assertTrue(rollback.out().matches("(?s).*\"drop\": [1-9].*\"move\": [1-9].*"), rollback::toString);
    }

    @Test
    void oneThatWasMovedOnByHandIsLeftWhereItIs() {
        ecosystem.execute("CREATE SCHEMA archiveNN;"
                + "ALTER TABLE exchange_okxNN.trades SET SCHEMA archiveNN");

        Ran rollback = ecosystem.rollback(1);

        told(rollback, "changed since, and skipped: move table public.trades to exchange_okxNN of exchange-okxNN: "
                + "another hand changed it: it stands in archiveNN, owned by exchange_okxNN_adapter now");
        assertEquals(List.of("10"), ecosystem.query("SELECT count(*) FROM archiveNN.trades"));
        assertEquals(List.of("0"), ecosystem.query("SELECT count(*) FROM public.ticks"));
        told(rollback, "the trigger touched on archiveNN.trades needs the function exchange_okxNN.touch()");
        told(rollback, "kept: role exchange_okxNN_adapter of exchange-okxNN: ");
    }

    @Test
    void aNameThatWasTakenInPublicIsFoundBeforeAnythingIsDone() {
        ecosystem.execute("CREATE TABLE public.other (id integer); CREATE INDEX trades_pkey ON public.other (id)");
        Catalogs moved = ecosystem.catalogs();

        Ran rollback = ecosystem.rollback(7);

        told(rollback, "trades_pkey");
        assertEquals(moved, ecosystem.catalogs());
    }

    @Test
    void whatFailedIsAsItWasAndTheNextOneFinishesIt() {
        ecosystem.execute("CREATE FUNCTION public.stop() RETURNS event_trigger LANGUAGE plpgsql AS "
                + "'BEGIN IF tg_tag = ''DROP SCHEMA'' THEN RAISE EXCEPTION ''not now''; END IF; END';"
                + "CREATE EVENT TRIGGER stopNN ON ddl_command_start EXECUTE FUNCTION public.stop()");
        Catalogs moved = ecosystem.catalogs();

        Ran failed = ecosystem.rollback(1, "exchange-okxNN");

        told(failed, "exchange-okxNN: not now");
        assertEquals(moved, ecosystem.catalogs());
        ecosystem.execute("DROP EVENT TRIGGER stopNN; DROP FUNCTION public.stop()");
        ecosystem.rollback();
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void oneInstanceThatFailsDoesNotStopTheOthers() {
        ecosystem.execute("CREATE FUNCTION public.stop() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN "
                + "IF current_query() ~ 'DROP SCHEMA \"exchange_okx' THEN RAISE EXCEPTION 'not now'; END IF; END$$;"
                + "CREATE EVENT TRIGGER stopNN ON ddl_command_start EXECUTE FUNCTION public.stop()");

        Ran failed = ecosystem.rollback(1);

        told(failed, "exchange-okxNN: not now");
        assertEquals(List.of(ecosystem.numbered("exchange_okxNN")), ecosystem.query(
                "SELECT nspname FROM pg_namespace WHERE nspname ~ '^exchange_.*NN$'"));
        assertEquals(List.of(ecosystem.numbered("exchange_okxNN_adapter")), ecosystem.query(
                "SELECT rolname FROM pg_roles WHERE rolname ~ '^exchange_.*NN_adapter$'"));
        ecosystem.assertNothingToDo("exchange-okxNN");
        ecosystem.execute("DROP EVENT TRIGGER stopNN; DROP FUNCTION public.stop()");
    }
}
