package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.Pause;
import io.provision.testing.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does not get the run's lock leaves no session behind. */
@Timeout(60)
class RunLockTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final TestPostgres server = TestPostgres.shared();
    private Postgres postgres;

    @AutoClose
    private RunLock another;

    @BeforeEach
    void takenByAnother() {
        postgres = PlainPostgres.at(server.superuserUrl(server.createDatabase()));
        another = RunLock.take(postgres, Duration.ZERO, holder -> { });
    }

    @Test
    void whenItsTimeIsOver() {
        ProvisionException e = assertThrows(
                ProvisionException.class, () -> RunLock.take(postgres, Duration.ZERO, holder -> { }));

        assertEquals(ExitCode.LOCKED, e.exitCode());
        awaitTheOthersSessionAlone();
    }

    @Test
    void whenItIsInterrupted() {
        ProvisionException e = assertThrows(
                ProvisionException.class,
                () -> RunLock.take(postgres, LONG, holder -> Thread.currentThread().interrupt()));

        assertEquals(ExitCode.INTERRUPTED, e.exitCode());
        assertEquals(true, Thread.interrupted());
        awaitTheOthersSessionAlone();
    }

    @Test
    void whenNobodyCanBeToldForWhomItWaits() {
        IllegalStateException broken = new IllegalStateException("nobody listens");

        assertSame(broken, assertThrows(IllegalStateException.class, () -> RunLock.take(postgres, LONG, holder -> {
            throw broken;
        })));
        awaitTheOthersSessionAlone();
    }

    /** A server takes a moment to see that a client has gone. */
    private void awaitTheOthersSessionAlone() {
        try (Session session = postgres.open()) {
            session.begin();
            while (sessions(session) > 1) {
                Pause.brief();
            }
            session.rollback();
        }
    }

    private static int sessions(Session looking) {
        looking.execute("SELECT pg_stat_clear_snapshot()");
        return looking.query("""
                SELECT count(*)::integer
                FROM pg_stat_activity
                WHERE datname = current_database()
                  AND backend_type = 'client backend'
                  AND pid <> pg_backend_pid()
                """, row -> row.getInt(1)).get(0);
    }
}
