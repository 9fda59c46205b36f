package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker of a run that breaks, as where memory is short, and not because of what a server said. */
@Timeout(60)
class BrokenWorkerTest {

    @TempDir
    private Path folder;

    @Test
    void theOthersAreStoppedBeforeTheRunEnds() {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("slow/V1__slow.sql", "SELECT pg_advisory_xact_lock(4711); SELECT pg_sleep(50)")
                .file("broken/V1__broken.sql", """
                        DO $$
                        BEGIN
                          WHILE NOT EXISTS (
                            SELECT 1
                            FROM pg_locks l
                            JOIN pg_database d ON d.oid = l.database
                            WHERE d.datname = current_database()
                              AND l.locktype = 'advisory'
                              AND l.objid = 4711
                          ) LOOP
                            PERFORM pg_sleep(0.01);
                          END LOOP;
                        END $$;
                        SELECT 'breaks here'
                        """)
                .manifest("""
                        services:
                          exchange-simulator: {}
                        instances:
                          exchange-badNN: {service: exchange-simulator, sql: broken}
                          exchange-slowNN: {service: exchange-simulator, sql: slow}
                        """);

        Ran init = ecosystem.run(new Breaking(), "init", "-v", "--parallel", "2");

        assertEquals(1, init.exitCode(), init::toString);
        assertTrue(init.err().contains("a worker of the run broke"), init::toString);
        assertEquals(List.of(), ecosystem.query("SELECT objid FROM pg_locks WHERE objid = 4711"));
        assertEquals(List.of(), ecosystem.query("SELECT nspname FROM pg_namespace WHERE nspname = 'exchange_slowNN'"));
    }

    /** The log of whoever breaks while it tells what is sent. */
    private static final class Breaking extends StringWriter {

        @Override
        public void write(String text, int from, int length) {
            super.write(text, from, length);
            if (text.contains("breaks here")) {
                throw new LinkageError("broken");
            }
        }
    }
}
