package io.provision.rollback;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code history} says of a run whether it was rolled back, and by which run. */
@Timeout(60)
class RolledBackHistoryTest {

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;

    @BeforeEach
    void init() {
        ecosystem = TestEcosystem.in(folder)
                .file("sql/V1__trades.sql", "CREATE TABLE ${schema}.trades (id integer)")
                .manifest("""
                        services: {exchange-simulator: {sql: sql}}
                        instances:
                          exchange-okxNN: {service: exchange-simulator}
                          exchange-binanceNN: {service: exchange-simulator}
                        """);
        ecosystem.init();
    }

    private List<String> runs() {
        return ecosystem.query("SELECT run FROM provision.runs ORDER BY started_at");
    }

    private String told() {
        return ecosystem.run("history").out();
    }

    @Test
    void notAtAll() {
        assertFalse(told().contains("rolled back"));
        assertTrue(ecosystem.run("history", "-o", "json").out().contains("\"rolled_back\": null"));
    }

    @Test
    void partlyWhereOneInstanceOfTwoWas() {
        ecosystem.rollback("exchange-okxNN");

        assertTrue(told().endsWith("\n\npartly rolled back: %s, by %s\n".formatted(runs().get(0), runs().get(1))),
                this::told);
        assertTrue(ecosystem.run("history", "-o", "json").out().contains("\"rolled_back\": \"partly\""));
    }

    @Test
    void whollyInTwoSteps() {
        ecosystem.rollback("exchange-okxNN");
        ecosystem.rollback();

        assertTrue(told().endsWith("\n\nrolled back: %s, by %s, %s\n".formatted(runs().toArray())), this::told);
    }

    @Test
    void partlyWhereATableWithRowsWasKept() {
        ecosystem.execute("INSERT INTO exchange_okxNN.trades VALUES (1)");

        ecosystem.rollback();

        assertTrue(told().contains("partly rolled back: %s, by %s".formatted(runs().toArray())), this::told);
    }

    @Test
    void whatALaterInitMadeIsItsOwn() {
        ecosystem.rollback();
        ecosystem.init();

        String json = ecosystem.run("history", "--run", runs().get(0), "-o", "json").out();

        assertTrue(json.contains("\"rolled_back\": \"wholly\""), json);
        assertTrue(json.contains("\"rolled_back_by\": [\n        \"%s\"".formatted(runs().get(1))), json);
        assertFalse(told().contains("rolled back: " + runs().get(2)), this::told);
        assertTrue(ecosystem.run("history", "--run", runs().get(0), "-o", "sql").out()
                .contains("-- rolled back by " + runs().get(1)));
    }
}
