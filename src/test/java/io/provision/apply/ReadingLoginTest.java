package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.StatementLog;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline's login that may look and nothing else: it plans, and the server's log shows that it only reads. */
class ReadingLoginTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void aLoginThatMayOnlyRead() {
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {readers: [monitorNN]}
                services: {exchange-simulator: {}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        ecosystem.init();
        ecosystem.execute("CREATE ROLE pipelineNN LOGIN PASSWORD 'reads-only'");
        ecosystem.connectingAs(ecosystem.postgres().url(
                ecosystem.numbered("pipelineNN"), "reads-only", ecosystem.database()));
    }

    @Test
    void itsPlanSaysWhatIsDriftAndReadsOnly() {
        TestPostgres postgres = ecosystem.postgres();
        ecosystem.execute("REVOKE USAGE ON SCHEMA exchange_okxNN FROM monitorNN");
        long mark = postgres.mark();

        Ran ran = ecosystem.run("plan", "--only", "postgres", "-o", "json");

        assertTrue(ran.out().contains(ecosystem.numbered("monitorNN lacks USAGE")), ran::toString);
        List<String> statements = StatementLog.texts(postgres.logSince(mark));
        assertFalse(statements.isEmpty());
        assertEquals(
                statements.stream().filter(s -> s.startsWith("BEGIN")).count(),
                statements.stream().filter(s -> s.endsWith("READ ONLY")).count(),
                statements::toString);
        assertEquals(0, ran.exitCode(), ran::toString);
        assertEquals(3, ecosystem.run("plan", "--only", "postgres", "--detailed-exitcode").exitCode());
    }

    @Test
    void whereAllStandsItFindsNothingToDoAndSaysWhosePlanThatIs() {
        ecosystem.execute("""
                GRANT USAGE ON SCHEMA provision TO pipelineNN;
                GRANT SELECT ON ALL TABLES IN SCHEMA provision TO pipelineNN
                """);

        Ran ran = ecosystem.run("plan", "--detailed-exitcode");

        assertEquals(0, ran.exitCode(), ran::toString);
        assertTrue(ran.toString().contains(ecosystem.numbered(
                "this is the plan of postgres, who owns the journal: pipelineNN may only look")), ran::toString);
    }

    @Test
    void whatItMayNotDoItDoesNotTry() {
        assertEquals(7, ecosystem.run("init", "--only", "postgres").exitCode());
    }
}
