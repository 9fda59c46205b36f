package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of {@code sql:} made a table in public, and a later one made something on it. */
@Timeout(60)
class PartsElsewhereTest {

    private static final String PARTS = """
            SELECT c.relname::text
            FROM pg_class c
            WHERE c.relname = 'notes_by_n'
            UNION ALL
            SELECT k.conname
            FROM pg_constraint k
            WHERE k.conname = 'positive'
            """;

    @TempDir
    private Path folder;

    @Test
    void theyGoWhereTheTableStaysForItsRowsAndComeAgain() {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__notes.sql", "CREATE TABLE public.notes (n integer)")
                .file("sql/V2__parts.sql", """
                        CREATE INDEX notes_by_n ON public.notes (n);
                        ALTER TABLE public.notes ADD CONSTRAINT positive CHECK (n > 0);
                        """)
                .manifest("""
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        ecosystem.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
        ecosystem.init();
        ecosystem.execute("INSERT INTO public.notes VALUES (1)");

        Ran rollback = ecosystem.rollback();

        assertTrue(rollback.out().contains("the table public.notes has rows"), rollback::toString);
        assertEquals(List.of(), ecosystem.query(PARTS));
        ecosystem.init();
        assertEquals(List.of("notes_by_n", "positive"), ecosystem.query(PARTS));
    }
}
