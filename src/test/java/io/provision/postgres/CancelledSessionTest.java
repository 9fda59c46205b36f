package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is stopped while its session is between two statements, when the server has nothing to give up. */
class CancelledSessionTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @AutoClose
    private Session session;

    @BeforeEach
    void aSessionThatHasMadeATable() {
        ecosystem = TestEcosystem.in(folder);
        session = PlainPostgres.at(ecosystem.postgresUrl()).open();
        session.begin();
        session.execute("CREATE TABLE public.before_it_was_stopped ()");

        session.cancel();
    }

    @Test
    void noFurtherStatementIsSent() {
        assertTrue(assertThrows(DatabaseFailure.class, () -> session.execute("SELECT pg_sleep(5)")).cancelled());
        assertTrue(assertThrows(DatabaseFailure.class, session::begin).cancelled());
    }

    @Test
    void whatWasDoneCanBeTakenBack() {
        session.rollback();

        assertEquals(
                List.of(), ecosystem.query("SELECT relname FROM pg_class WHERE relname = 'before_it_was_stopped'"));
    }
}
