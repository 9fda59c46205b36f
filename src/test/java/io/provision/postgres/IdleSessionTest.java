package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Pause;
import io.provision.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that the server ends because nobody says anything there ({@code idle_session_timeout}). */
@Timeout(60)
class IdleSessionTest {

    private final TestPostgres server = TestPostgres.shared();

    @Test
    void whatWasToBeDoneInOneIsWorthAnotherTry() throws SQLException {
        try (Session session = PlainPostgres.at(server.superuserUrl("postgres")).open()) {
            session.begin();
            int backend = session.query("SELECT pg_backend_pid()", row -> row.getInt(1)).get(0);
            session.execute("SET idle_session_timeout = '1ms'");
            session.commit();
            awaitEndOf(backend);

            DatabaseFailure failure = assertThrows(DatabaseFailure.class, session::begin);

            assertAll(
                    failure.sqlState(),
                    () -> assertTrue(failure.worthAnotherTry()),
                    () -> assertTrue(failure.worthAnotherTryOfFile()),
                    () -> assertTrue(failure.connectionLost()));
        }
    }

    private void awaitEndOf(int backend) throws SQLException {
        try (Connection other = server.connect("postgres"); Statement statement = other.createStatement()) {
            while (stands(statement, backend)) {
                Pause.brief();
            }
        }
    }

    private static boolean stands(Statement statement, int backend) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT 1 FROM pg_stat_activity WHERE pid = " + backend)) {
            return row.next();
        }
    }
}
