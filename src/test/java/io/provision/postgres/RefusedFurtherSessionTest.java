package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ProvisionException;
import io.provision.testing.TestPostgres;
import io.provision.testing.Tollgate;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that lets a run's worker in no more, and takes its time to say so again. */
@Timeout(60)
class RefusedFurtherSessionTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final TestPostgres server = TestPostgres.shared();

    @Test
    void noPoolIsBlamedForWhatTheServerSaid() throws Exception {
        TestPostgres.Login login = server.createProvisioningLogin();
        server.run("postgres", "ALTER ROLE %s CONNECTION LIMIT 0".formatted(login.name()));
        CountDownLatch told = new CountDownLatch(1);
        try (Tollgate slow = Tollgate.meanwhile(login.name(), 2, () -> await(told))) {
            Postgres limited = PlainPostgres.at(
                    slow.through(server.url(login.name(), login.password(), "postgres")));

            ProvisionException none = assertThrows(
                    ProvisionException.class, () -> FurtherSession.open(limited, LONG, () -> slow.reached() == 2));

            assertTrue(
                    none.getMessage().contains("gives no further connection: too many connections for role"),
                    none.getMessage());
        } finally {
            told.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
