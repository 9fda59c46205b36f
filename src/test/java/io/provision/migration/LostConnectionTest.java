package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Catalogs;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.Tollgate;
import io.provision.testing.Tollgate.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The connection goes while a COMMIT is on its way, and the client lives: neither failure nor success, but looked up
 * ({@code postgres.md}, "Atomic, resumable, alone").
 */
@Timeout(1200)
class LostConnectionTest {

    private static final String JOURNALED =
            "SELECT store || ' ' || kind || ' ' || target FROM provision.changes ORDER BY 1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"BEFORE", "UNDERWAY", "AFTER"})
    void atTheInstancesOwnCommitTheRunGoesOn(Moment moment) throws Exception {
        List<String> whole = commitsOf("init");
        TestEcosystem ecosystem = ecosystem(moment.name());

        Ran init = lostAt(ecosystem, instanceCommit(whole), moment, "init");

        assertEquals(0, init.exitCode(), init::toString);
        assertEquals(journaled, ecosystem.query(JOURNALED).stream().map(LostConnectionTest::unnumbered).toList());
        assertConverged(ecosystem);
    }

    @Test
    void whatCannotBeLookedUpIsLeftToTheNextRun() throws Exception {
        List<String> whole = commitsOf("init");
        TestEcosystem ecosystem = ecosystem("unknown");

        Ran init = goneAt(ecosystem, instanceCommit(whole), "init");

        assertEquals(5, init.exitCode(), init::toString);
        assertTrue(init.err().contains("it is not known whether it was made"), init::toString);
        ecosystem.init();
        assertConverged(ecosystem);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"init", "rollback"})
    void atAnyCommitEitherTheRunGoesOnOrTheNextOneDoes(String command) throws Exception {
        List<String> whole = commitsOf(command);
        for (int commit = 1; commit <= commitsIn(whole); commit++) {
            for (Moment moment : Moment.values()) {
                isBroughtToItsEnd(command, commit, moment);
            }
        }
    }

    private void isBroughtToItsEnd(String command, int commit, Moment moment) throws Exception {
        TestEcosystem ecosystem = ecosystem(command + commit + moment);
        Catalogs before = ecosystem.catalogs();
        prepare(ecosystem, command);

        Ran ran = lostAt(ecosystem, commit, moment, command);

        Ran again = ecosystem.run(arguments(command));
        assertEquals(0, again.exitCode(), () -> "%d %s: %s%nthen %s".formatted(commit, moment, ran, again));
        if (command.equals("init")) {
            assertConverged(ecosystem);
            ecosystem.run(arguments("rollback"));
        }
        assertEquals(before, ecosystem.catalogs(), () -> "%d %s: %s".formatted(commit, moment, ran));
        assertEquals(List.of("100"), ecosystem.query("SELECT count(*) FROM public.trades"));
    }

    private List<String> journaled = List.of();

    /** @return all that a run sends that goes well */
    private List<String> commitsOf(String command) throws Exception {
        TestEcosystem ecosystem = ecosystem("whole");
        prepare(ecosystem, command);
        try (Tollgate gate = new Tollgate(0, Moment.BEFORE, () -> { })) {
            Ran ran = through(ecosystem, gate, command);
            assertEquals(0, ran.exitCode(), ran::toString);
            journaled = ecosystem.query(JOURNALED).stream().map(LostConnectionTest::unnumbered).toList();
            return gate.messages();
        }
    }

    /** The first COMMIT behind the last time that the move is spoken of: that of the instance's transaction. */
    private static int instanceCommit(List<String> messages) {
        int move = IntStream.range(0, messages.size())
                .filter(i -> messages.get(i).contains("SET SCHEMA")).max().orElseThrow();
        return commitsIn(messages.subList(0, move)) + 1;
    }

    private static int commitsIn(List<String> messages) {
        return (int) messages.stream().filter(message -> message.contains(Tollgate.COMMIT)).count();
    }

    private TestEcosystem ecosystem(String name) throws IOException {
        // A user's rules fill a packet, and what is sent in two may be counted as two.
        TestEcosystem ecosystem = TestEcosystem.in(Files.createDirectory(folder.resolve(name)))
                .redisSettings("acl: off").manifest(
                """
                services:
                  exchange-simulator: {migrate: {tables: [trades]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.execute("""
                CREATE TABLE public.trades (id bigserial PRIMARY KEY, price numeric NOT NULL);
                INSERT INTO public.trades (price) SELECT n FROM generate_series(1, 100) AS n;
                """);
        return ecosystem;
    }

    private static void prepare(TestEcosystem ecosystem, String command) {
        if (command.equals("rollback")) {
            ecosystem.init();
        }
    }

    private static Ran lostAt(TestEcosystem ecosystem, int commit, Moment moment, String command) throws Exception {
        try (Tollgate gate = Tollgate.atCommit(commit, moment, () -> { })) {
            return through(ecosystem, gate, command);
        }
    }

    /** The connection goes, and no other is to be had. */
    private static Ran goneAt(TestEcosystem ecosystem, int commit, String command) throws Exception {
        AtomicReference<Tollgate> gate = new AtomicReference<>();
        gate.set(Tollgate.atCommit(commit, Moment.UNDERWAY, () -> close(gate.get())));
        return through(ecosystem, gate.get(), command);
    }

    private static void close(Tollgate gate) {
        try {
            gate.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ran through(TestEcosystem ecosystem, Tollgate gate, String command) throws IOException {
        String url = ecosystem.postgresUrl();
        ecosystem.connectingAs(gate.through(url));
        try {
            return ecosystem.run(arguments(command));
        } finally {
            ecosystem.connectingAs(url);
        }
    }

    private static String[] arguments(String command) {
        return command.equals("rollback")
                ? new String[] {"rollback", "--yes"}
                : new String[] {command, "--parallel", "1"};
    }

    private static String unnumbered(String text) {
        return text.replaceAll("\\d+", "NN").replaceAll("\\S*/volumes", "volumes");
    }

    private static void assertConverged(TestEcosystem ecosystem) {
        ecosystem.assertNothingToDo();
        assertEquals(List.of("100"), ecosystem.query("SELECT count(*) FROM exchange_okxNN.trades"));
        assertEquals(List.of(), ecosystem.openIntents());
    }
}
