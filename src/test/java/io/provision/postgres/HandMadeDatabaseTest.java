package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.HandMadeDatabase;
import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that somebody set up by hand: {@code init} mends what is missing or wrong there, and nothing else. */
class HandMadeDatabaseTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void setUpByHand() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        HandMadeDatabase.in(ecosystem);
        ecosystem.execute("""
                ALTER DEFAULT PRIVILEGES IN SCHEMA exchange_binanceNN GRANT SELECT ON SEQUENCES TO readerNN;
                ALTER ROLE exchange_okxNN_adapter IN DATABASE %s SET search_path = exchange_okxNN, public
                """.formatted(ecosystem.database()));
    }

    @Test
    void planListsExactlyWhatIsMissing() {
        TestEcosystem.Ran plan = ecosystem.run("plan", "-o", "json", "--only", "postgres");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertEquals(expected("""
                postgres:default_privileges:sequences by exchange_okxNN_adapter in exchange_okxNN to readerNN
                postgres:default_privileges:sequences by postgres in exchange_okxNN to readerNN
                postgres:default_privileges:tables by exchange_okxNN_adapter in exchange_okxNN to readerNN
                postgres:default_privileges:tables by postgres in exchange_okxNN to readerNN
                postgres:object_grants:tables in exchange_binanceNN to readerNN
                postgres:schema:exchange_okxNN
                postgres:schema_grant:exchange_binanceNN to public
                postgres:schema_grant:exchange_binanceNN to readerNN
                postgres:search_path:exchange_binanceNN_adapter in DATABASE
                """), ids(plan.out()));
    }

    @Test
    void initMendsExactlyThat() {
        Catalogs before = ecosystem.catalogs();

        ecosystem.init("--only", "postgres", "--allow-hazard", "ownership");

        Catalogs after = ecosystem.catalogs();
        assertEquals(expected("""
                schema exchange_okxNN of exchange_okxNN_adapter
                schema exchange_okxNN: CREATE* to exchange_okxNN_adapter by exchange_okxNN_adapter
                schema exchange_okxNN: USAGE* to exchange_okxNN_adapter by exchange_okxNN_adapter
                schema exchange_okxNN: CREATE* to otherNN by exchange_okxNN_adapter
                schema exchange_okxNN: USAGE* to otherNN by exchange_okxNN_adapter
                schema exchange_okxNN: USAGE to readerNN by exchange_okxNN_adapter
                default S of exchange_okxNN_adapter in exchange_okxNN: SELECT to readerNN by exchange_okxNN_adapter
                default S of postgres in exchange_okxNN: SELECT to readerNN by postgres
                default r of exchange_okxNN_adapter in exchange_okxNN: SELECT to readerNN by exchange_okxNN_adapter
                default r of postgres in exchange_okxNN: SELECT to readerNN by postgres
                relation exchange_binanceNN.unseen: SELECT to readerNN by exchange_binanceNN_adapter
                schema exchange_binanceNN: USAGE to readerNN by exchange_binanceNN_adapter
                setting of exchange_binanceNN_adapter: search_path=exchange_binanceNN, public
                """), after.since(before));
        assertEquals(expected("""
                schema exchange_okxNN of postgres
                schema exchange_okxNN: CREATE to postgres by postgres
                schema exchange_okxNN: USAGE to postgres by postgres
                schema exchange_okxNN: CREATE* to exchange_okxNN_adapter by postgres
                schema exchange_okxNN: USAGE* to exchange_okxNN_adapter by postgres
                schema exchange_okxNN: CREATE* to otherNN by postgres
                schema exchange_okxNN: USAGE* to otherNN by postgres
                schema exchange_okxNN: USAGE to readerNN by postgres
                schema exchange_binanceNN: CREATE to PUBLIC by exchange_binanceNN_adapter
                schema exchange_binanceNN: USAGE to PUBLIC by exchange_binanceNN_adapter
                setting of exchange_binanceNN_adapter: search_path=public, "$user"
                """), before.since(after));
    }

    @Test
    void aSchemaIsTakenFromNobodyUnlessThatIsAllowed() {
        Catalogs before = ecosystem.catalogs();

        TestEcosystem.Ran init = ecosystem.run("init");

        assertEquals(7, init.exitCode(), init::toString);
        assertTrue(init.err().contains("--allow-hazard ownership"), init::toString);
        assertEquals(before, ecosystem.catalogs());
    }

    @Test
    void whatWasMendedNeedsNothingMore() {
        ecosystem.init("--allow-hazard", "ownership");

        ecosystem.assertNothingToDo();
    }

    private Set<String> expected(String lines) {
        return ecosystem.numbered(lines).replace("DATABASE", ecosystem.database()).lines()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ids(String json) {
        return json.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("\"id\""))
                .map(line -> line.substring(line.indexOf(':') + 1).replaceAll("[\",]", "").strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
