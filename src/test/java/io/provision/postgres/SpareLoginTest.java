package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.Pause;
import io.provision.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a login that was begun ahead. */
@Timeout(60)
class SpareLoginTest {

    private final TestPostgres server = TestPostgres.shared();
    private final AtomicReference<Thread> login = new AtomicReference<>();

    @AutoClose
    private SpareConnection spare = new SpareConnection(Duration.ZERO);

    @Test
    void oneThatFailedIsToldHoweverLongAgoThatWas() throws InterruptedException {
        ended(() -> server.connect("there_is_no_such_database"));

        assertEquals("3D000", assertThrows(SQLException.class, spare::take).getSQLState());
    }

    @Test
    void oneThatBrokeIsNoBusinessOfWhoEnds() throws InterruptedException {
        ended(() -> {
            throw new IllegalArgumentException("broken");
        });

        assertDoesNotThrow(spare::close);
    }

    @Test
    void oneThatWaitedForTooLongIsClosed() throws InterruptedException, SQLException {
        AtomicReference<Connection> opened = new AtomicReference<>();
        ended(() -> {
            opened.set(server.connect("postgres"));
            return opened.get();
        });

        assertEquals(Optional.empty(), spare.take());
        assertTrue(opened.get().isClosed());
    }

    /** A server may take longer to let somebody in than a connection may wait. */
    @Test
    void oneThatTookLongIsFreshWhenItEnds() throws InterruptedException, SQLException {
        Duration fresh = Duration.ofSeconds(1);
        spare = new SpareConnection(fresh);
        AtomicReference<Connection> opened = new AtomicReference<>();
        ended(() -> {
            Thread.sleep(fresh.plusMillis(100).toMillis());
            opened.set(server.connect("postgres"));
            return opened.get();
        });

        try (Connection taken = spare.take().orElseThrow()) {
            assertSame(opened.get(), taken);
        }
    }

    /** It is nobody's server that is out of reach then. */
    @Test
    void whoeverIsStoppedWhileHeWaitsForItHasBeenInterrupted() {
        CountDownLatch answer = new CountDownLatch(1);
        spare.startKeeping();
        spare.openAhead(() -> {
            answer.await();
            return server.connect("there_is_no_such_database");
        });

        Thread.currentThread().interrupt();
        ProvisionException stopped = assertThrows(ProvisionException.class, spare::take);

        assertTrue(Thread.interrupted());
        assertEquals(ExitCode.INTERRUPTED, stopped.exitCode());
        answer.countDown();
    }

    private void ended(Callable<Connection> how) throws InterruptedException {
        spare.startKeeping();
        spare.openAhead(() -> {
            login.set(Thread.currentThread());
            return how.call();
        });
        while (login.get() == null) {
            Pause.brief();
        }
        login.get().join();
    }
}
