package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.ChildProvision;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import io.provision.testing.Tollgate.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/**
 * A rotation is killed with SIGKILL. Wherever that was, Redis takes the old password, PostgreSQL takes one that is on
 * the disk, and the same command again ends with one password that works in both.
 */
@Timeout(3600)
class KilledRotationTest {

    private static final String ROLE = "exchange_okxNN_adapter";
    private static final String USER = "exchange-okxNN-adapter";
    private static final String SECRET = "secrets/exchange-okxNN";
    private static final Pattern CHANGES = Pattern.compile("\\b(COMMIT|INSERT|ALTER|SETUSER|REWRITE)");

    @TempDir
    private Path folder;

    private TestEcosystem ecosystem;
    private TestRedis server;
    private String old;

    @BeforeEach
    void anInstance() {
        server = TestRedis.shared();
        ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {password: {generate: "secrets/{instance}"}, volumes: {dirs: []}}
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.init();
        old = ecosystem.read(SECRET);
    }

    /** The last COMMIT but one closes the intent: who gives it a password. The very last one ends the run. */
    @Tag("full")
    @ParameterizedTest
    @EnumSource(value = Moment.class, names = {"BEFORE", "UNDERWAY", "AFTER"})
    void atTheCommitThatGivesTheRoleItsPassword(Moment moment) throws Exception {
        long commits = messages().stream().filter(message -> message.contains(Tollgate.COMMIT)).count();
        old = ecosystem.read(SECRET);

        assertTrue(killedAt((int) commits - 1, moment, true));

        assertNobodyIsLockedOut();
        assertFinished();
    }

    @Test
    @Tag("full")
    void beforeAndAfterEachMessageThatChangesSomething() throws Exception {
        List<String> messages = messages();
        int killed = 0;
        for (int i = 0; i < messages.size(); i++) {
            for (Moment moment : List.of(Moment.BEFORE, Moment.AFTER)) {
                if (CHANGES.matcher(messages.get(i)).find()) {
                    old = ecosystem.read(SECRET);
                    killed += killedAt(i + 1, moment, false) ? 1 : 0;
                    assertNobodyIsLockedOut();
                    assertFinished();
                }
            }
        }
        assertTrue(killed > 10, messages::toString);
        System.out.printf("rotate killed %d times: nobody locked out%n", killed);
    }

    @Test
    void planSaysWhoIsToFinishItAndRetiringWaitsForThat() throws Exception {
        long commits = messages().stream().filter(message -> message.contains(Tollgate.COMMIT)).count();
        assertTrue(killedAt((int) commits - 1, Moment.BEFORE, true));

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");
        Ran retire = ecosystem.run("rotate", "--yes", "--retire-old", "exchange-okxNN");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains("run the same `provision rotate` again"), plan::toString);
        assertEquals(7, retire.exitCode(), retire::toString);
        assertTrue(retire.err().contains("an earlier rotation of"), retire::toString);
        assertFinished();
    }

    @Test
    void whatARunBeforeLeftBesideTheFileIsNotTakenForWhatTheKilledOnePlaced() throws Exception {
        assertEquals(0, ecosystem.run("rotate", "--yes", "exchange-okxNN").exitCode());
        ecosystem.file("secrets/.exchange-okxNN.before", old + "\n");
        old = ecosystem.read(SECRET);

        assertTrue(killedAt(1, Moment.AFTER, true));

        assertNobodyIsLockedOut();
        assertFinished();
    }

    private void assertNobodyIsLockedOut() {
        server.logIn(ecosystem.numbered(USER), old).close();
        String file = ecosystem.read(SECRET);
        server.logIn(ecosystem.numbered(USER), file).close();
        assertTrue(passwordsOnTheDisk().anyMatch(this::isTakenByPostgres));
        if (file.equals(old)) {
            assertTrue(isTakenByPostgres(old));
        }
    }

    private void assertFinished() {
        Ran again = ecosystem.run("rotate", "--yes", "exchange-okxNN");
        assertEquals(0, again.exitCode(), again::toString);
        String now = ecosystem.read(SECRET);
        assertNotEquals(old, now);
        assertTrue(isTakenByPostgres(now));
        assertEquals(List.of(now), passwordsOnTheDisk().toList());
        Ran retire = ecosystem.run("rotate", "--yes", "--retire-old", "exchange-okxNN");
        assertEquals(0, retire.exitCode(), retire::toString);
        server.logIn(ecosystem.numbered(USER), now).close();
        assertThrows(JedisAccessControlException.class, () -> server.logIn(ecosystem.numbered(USER), old));
        ecosystem.assertNothingToDo();
    }

    private Stream<String> passwordsOnTheDisk() {
        try (Stream<Path> files = Files.list(folder.resolve("secrets"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals(".gitignore"))
                    .map(file -> ecosystem.read("secrets/" + file))
                    .toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isTakenByPostgres(String password) {
        try {
            ecosystem.postgres().connect(ecosystem.numbered(ROLE), password, ecosystem.database()).close();
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    /** What a whole rotation sends. */
    private List<String> messages() throws Exception {
        try (Tollgate gate = new Tollgate(0, Moment.BEFORE, () -> { }); ChildProvision child = start(gate)) {
            assertEquals(0, child.await());
            return gate.messages();
        }
    }

    /** @return whether it got that far */
    private boolean killedAt(int message, Moment moment, boolean ofCommits) throws Exception {
        CompletableFuture<ChildProvision> child = new CompletableFuture<>();
        Runnable kill = () -> kill(child.join());
        try (Tollgate gate = ofCommits
                ? Tollgate.atCommit(message, moment, kill)
                : new Tollgate(message, moment, kill)) {
            child.complete(start(gate));
            return child.join().await() != 0;
        }
    }

    private ChildProvision start(Tollgate gate) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("rotate", "--yes", ecosystem.numbered("exchange-okxNN")));
        arguments.addAll(List.of("--redis-url", gate.through(server.url())));
        return ChildProvision.startAt(
                ecosystem, gate.through(ecosystem.postgresUrl()), arguments.toArray(String[]::new));
    }

    private static void kill(ChildProvision child) {
        try {
            child.kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
