package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views are tables to default privileges. */
@Timeout(60)
class KeptViewTest {

    @TempDir
    private Path folder;

    @Test
    void itsReaderGoesAsFromItsTable() {
        TestEcosystem ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__outbox.sql", """
                        CREATE TABLE outbox (id integer);
                        CREATE VIEW outbox_v AS SELECT id FROM outbox;
                        CREATE MATERIALIZED VIEW outbox_m AS SELECT id FROM outbox;
                        """)
                .manifest("""
                        defaults: {readers: [readerNN]}
                        services:
                          exchange-simulator: {sql: sql}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                        """);
        ecosystem.init();
        ecosystem.execute("INSERT INTO exchange_okxNN.outbox VALUES (1)");

        ecosystem.rollback();

        assertEquals(List.of(), ecosystem.query(
                "SELECT relname || relacl::text FROM pg_class WHERE relacl::text LIKE '%readerNN%'"));
        assertEquals(List.of(), ecosystem.query("SELECT rolname FROM pg_roles WHERE rolname = 'readerNN'"));
    }
}
