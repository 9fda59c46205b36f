package io.provision.postgres.migration;

import static io.provision.postgres.migration.MoveFixture.refusals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All locks of an instance's transaction have to fit into the server's lock table: 64 * 200 in tests. */
@Tag("full")
class MoveLocksNeededTest {

    private static final Pattern NEED = Pattern.compile("needs (\\d+) locks");

    @TempDir
    private Path folder;

    /** A thousand tables at a time: making more in one transaction overflows the lock table, too. */
    private static void tables(MoveFixture fixture, int thousands) {
        for (int i = 0; i < thousands; i++) {
            fixture.run("""
                    DO $$
                    BEGIN
                      FOR i IN 1..1000 LOOP
                        EXECUTE format(
                          'CREATE TABLE many_%%s (id %s PRIMARY KEY, body text UNIQUE)', i + %d);
                      END LOOP;
                    END $$
                    """.formatted("serial", 1000 * i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 18})
    void moreThanHalfOfWhatFitsIsTold(int major) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        MoveFixture fixture = MoveFixture.on(major, folder);
        tables(fixture, 4);

        Moves moves = fixture.find("many_*");

        assertEquals(List.of(), refusals(moves));
        assertEquals(1, moves.notes().size(), () -> moves.notes().toString());
        int need = need(moves.notes().get(0));
        assertTrue(moves.notes().get(0).endsWith(", of 12800 that the server has room for (max_locks_per_transaction ="
                + " 64, max_connections = 195, max_prepared_transactions = 5)"), moves.notes().get(0));
        int held = fixture.move(moves);
        assertTrue(held > need - 100 && held <= need, "%d held, %d told".formatted(held, need));
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18})
    void whatDoesNotFitIsRefused(int major) {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        MoveFixture fixture = MoveFixture.on(major, folder);
        tables(fixture, 2);

        Moves moves = fixture.find(new MoveRequest(
                "audit", fixture.numbered("auditNN"), "public", "audit", List.of("many_*"), true, true));

        assertEquals(1, moves.refusals().size(), () -> refusals(moves).toString());
        String refusal = moves.refusals().get(0).message();
        assertTrue(refusal.endsWith(" in one transaction, and the server has room for 12800"
                + " (max_locks_per_transaction = 64, max_connections = 195, max_prepared_transactions = 5)"), refusal);
        assertTrue(need(refusal) > 12_800, refusal);
    }

    private static int need(String text) {
        Matcher matcher = NEED.matcher(text);
        assertTrue(matcher.find(), text);
        return Integer.parseInt(matcher.group(1));
    }
}
