package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a database without an encoding, names and comments may be no text. */
class UnreadableTextsTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void aDatabaseWithoutAnEncoding() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        String database = ecosystem.database() + "_ascii";
        ecosystem.execute("CREATE SCHEMA unused");
        ecosystem.postgres().run("postgres",
                "CREATE DATABASE %s ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0".formatted(database));
        ecosystem.connectingAs(ecosystem.postgres().superuserUrl(database));
        ecosystem.postgres().run(database, ecosystem.numbered("""
                CREATE SCHEMA exchange_okxNN;
                DO $$ BEGIN
                  EXECUTE 'CREATE TABLE exchange_okxNN."caf' || E'\\351' || '" ("prix' || E'\\200' || '" int)';
                  EXECUTE 'COMMENT ON SCHEMA exchange_okxNN IS ''caf' || E'\\351' || '''';
                END $$"""));
    }

    @Test
    void whatTheServerDoesNotGiveOutIsNamed() {
        String failed = ecosystem.run("plan").expect(1).err();

        assertTrue(failed.contains(ecosystem.numbered(": no UTF-8 is the name of table exchange_okxNN.\"caf\\351\", the"
                + " name of column prix\\200 of table exchange_okxNN.\"caf\\351\",")), failed);
        assertTrue(failed.contains(ecosystem.numbered("the comment on schema exchange_okxNN")), failed);
        assertTrue(failed.contains("write it anew in UTF-8"), failed);
    }
}
