package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.SmallPool;
import io.provision.testing.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose only connection is another client's, in which a run's worker waits. */
@Timeout(60)
class FurtherSessionTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    @AutoClose
    private SmallPool pool;

    @AutoClose
    private Session others;

    private Postgres throughPool;

    @BeforeEach
    void anotherClientHasTheOnlyConnection() throws IOException {
        TestPostgres server = TestPostgres.shared();
        pool = new SmallPool(server.port(), 1);
        throughPool = PlainPostgres.at(server.superuserUrl("postgres")
                .replace(":" + server.port() + "/", ":" + pool.port() + "/"));
        others = throughPool.open();
    }

    @Test
    void nobodyWaitsForOneThatIsNotNeededAnyMore() {
        AtomicInteger looks = new AtomicInteger();

        ProvisionException none = assertThrows(
                ProvisionException.class,
                () -> FurtherSession.open(throughPool, LONG, () -> looks.incrementAndGet() == 3));

        assertEquals(ExitCode.UNREACHABLE, none.exitCode());
        assertTrue(none.getMessage().contains(": no further connection came before the work was done: a pool"),
                none.getMessage());
        assertEquals(3, looks.get());
    }

    /** It would keep the pool's connection from others for as long as the run lives. */
    @Test
    void oneThatComesThenIsClosed() {
        assertThrows(ProvisionException.class, () -> FurtherSession.open(throughPool, LONG, () -> true));
        others.close();

        try (Session next = throughPool.open()) {
            assertEquals(0, next.<Integer>call(Connection::getNetworkTimeout));
        }
    }

    @Test
    void oneThatIsNeededIsWaitedFor() {
        try (Session further = FurtherSession.open(throughPool, LONG, () -> {
            others.close();
            return false;
        })) {
            assertEquals(0, further.<Integer>call(Connection::getNetworkTimeout));
        }
    }
}
