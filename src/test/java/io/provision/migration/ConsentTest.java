package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told and asked before tables move, there and back. */
@Timeout(60)
class ConsentTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void oneTable() {
        ecosystem = TradesInPublic.in(folder);
    }

    @Test
    void thePlanEndsWithWhatInitWants() {
        publishPublic();

        Ran plan = ecosystem.run("plan");

        assertTrue(
                plan.out().endsWith("init wants --allow-hazard publication, or a yes on a terminal\n"),
                plan::toString);
    }

    @Test
    void theQuestionBeforeInitRepeatsTheGist() {
        publishPublic();

        Ran init = ecosystem.answering("yes", "init");

        assertEquals(0, init.exitCode(), init::toString);
        String question = init.err().substring(init.err().lastIndexOf("1 table moves."));
        assertTrue(question.contains("hazard publication: "), init::toString);
        assertTrue(question.contains("yes accepts it.\nDo this? Type yes: "), init::toString);
    }

    @Test
    void withNobodyToAskTheNotesAreToldAndHowManyMoved() {
        ecosystem.execute("CREATE VIEW public.prices AS SELECT price FROM public.trades");

        Ran init = ecosystem.init();

        assertTrue(init.err().contains("note: "), init::toString);
        assertTrue(init.out().contains(", 1 table moved (run "), init::toString);
    }

    @Test
    void quietInitTellsNoNotes() {
        ecosystem.execute("CREATE VIEW public.prices AS SELECT price FROM public.trades");

        assertFalse(ecosystem.init("-q").err().contains("note: "));
    }

    @Test
    void aRefusalSaysThatNothingWasChanged() {
        publishPublic();

        Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("nothing was changed; --allow-hazard publication"), init::toString);
    }

    @Test
    void aYesToRollbackIsNoYesToItsHazards() {
        ecosystem.init();
        ecosystem.execute("CREATE PUBLICATION okxNN FOR TABLES IN SCHEMA exchange_okxNN");
        Catalogs before = ecosystem.catalogs();

        Ran refused = ecosystem.run("rollback", "--yes");

        assertEquals(7, refused.exitCode(), refused::toString);
        assertTrue(refused.err().contains("--allow-hazard publication"), refused::toString);
        assertEquals(before, ecosystem.catalogs());
        assertEquals(2, ecosystem.run("rollback", "--yes", "--allow-hazard", "nonsense").exitCode());
    }

    @Test
    void rollbackTakesTheKindOfItsHazards() {
        ecosystem.init();
        functionThatSaysTheNewName();

        Ran refused = ecosystem.run("rollback", "--yes");
        Ran allowed = ecosystem.run("rollback", "--yes", "--allow-hazard", "function-text");

        assertEquals(7, refused.exitCode(), refused::toString);
        assertTrue(refused.err().contains(ecosystem.numbered("exchange_okxNN.trades")), refused::toString);
        assertEquals(0, allowed.exitCode(), allowed::toString);
    }

    @Test
    void theQuestionBeforeRollbackCoversItsHazards() {
        ecosystem.init();
        functionThatSaysTheNewName();

        Ran no = ecosystem.answering("no", "rollback");
        Ran yes = ecosystem.answering("yes", "rollback");

        assertEquals(7, no.exitCode(), no::toString);
        assertTrue(no.err().contains("yes accepts it."), no::toString);
        assertEquals(0, yes.exitCode(), yes::toString);
    }

    @Test
    void aFunctionThatSaysTheNameAloneBreaksOnNoWayBack() {
        ecosystem.init();
        ecosystem.execute("CREATE FUNCTION public.last() RETURNS numeric LANGUAGE sql AS 'SELECT 1 AS trades'");

        ecosystem.rollback();
    }

    private void publishPublic() {
        ecosystem.execute("CREATE PUBLICATION everythingNN FOR TABLES IN SCHEMA public");
    }

    private void functionThatSaysTheNewName() {
        ecosystem.execute(
                """
                CREATE FUNCTION public.last_price() RETURNS numeric LANGUAGE plpgsql AS
                'BEGIN RETURN (SELECT max(price) FROM exchange_okxNN.trades); END'
                """);
    }
}
