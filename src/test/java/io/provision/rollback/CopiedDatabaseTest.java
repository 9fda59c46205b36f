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
import org.junit.jupiter.api.io.TempDir;

/** A copy of a database brings the journal along; the roles, Redis users and folders in it are the original's. */
class CopiedDatabaseTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void provisionAndCopy() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.init();
        // The superuser's session is in one database at a time, and nobody may be in the one that is copied.
        ecosystem.postgres().run(ecosystem.postgres().createDatabase(), "SELECT 1");
        String copy = ecosystem.database() + "_copy";
        ecosystem.postgres().run("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(copy, ecosystem.database()));
        ecosystem.connectingAs(ecosystem.postgres().superuserUrl(copy));
    }

    @Test
    void isNotRolledBackWithWhatIsTheOriginals() {
        Catalogs original = ecosystem.catalogs();
        List<String> users = ecosystem.redisUsers();

        Ran rollback = ecosystem.rollback(7);

        assertTrue(rollback.err().contains(ecosystem.numbered(
                "schema exchange_okxNN of exchange-okxNN was made in the database %1$s, and this one is %1$s_copy"
                        .formatted(ecosystem.database()))), rollback::toString);
        assertEquals(users, ecosystem.redisUsers());
        assertTrue(ecosystem.stands("volumes/exchange-okxNN/data"));
        assertEquals(original, ecosystem.catalogs());
    }
}
