package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that came out of {@code public}. */
class MigratedTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasMovedIsTheInstancesOwnAndItsCompatViewShowsNobodyMore() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {readers: [readerNN]}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN:
                    service: exchange-simulator
                    migrate: {tables: [ledger], views: compat, owner: role}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        ecosystem.execute("""
                CREATE ROLE strangerNN;
                CREATE TABLE public.ledger (id serial PRIMARY KEY, note text);
                GRANT SELECT ON public.ledger TO strangerNN;
                """);
        Verified before = verify(ecosystem);
        assertTrue(before.faults().stream().anyMatch(fault -> fault.contains("exchange-okx") && fault.contains("move")),
                before::toString);

        // The way back needs it.
        ecosystem.execute("CREATE ROLE exchange_okxNN_adapter LOGIN; "
                + "GRANT CREATE ON SCHEMA public TO exchange_okxNN_adapter");
        ecosystem.init("--only", "postgres");

        Verified verified = verify(ecosystem);
        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(List.of(), verified.breaches());
        assertEquals(2, verified.warnings().size(), verified::toString);
        assertTrue(verified.warnings().get(0).contains("what moved out of public could not go back without it"),
                verified::toString);
        assertTrue(verified.warnings().get(1).startsWith(ecosystem.numbered("strangerNN, whom the manifest does not")),
                verified::toString);
    }

    private static Verified verify(TestEcosystem ecosystem) {
        return Verified.of(ecosystem.run("verify", "--only", "postgres", "-o", "json"));
    }
}
