package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestPostgres;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command logs in once to look, however often it looks. */
class SpareConnectionTest {

    private final TestPostgres server = TestPostgres.shared();

    @AutoClose("closeSpare")
    private Postgres postgres;

    @BeforeEach
    void openAhead() {
        postgres = PlainPostgres.at(server.superuserUrl("postgres"));
        postgres.openAhead();
    }

    @Test
    void whoOnlyLookedHandsTheConnectionOn() {
        assertEquals(backendThatLooks(), backendThatLooks());
    }

    @Test
    void whoWroteDoesNot() {
        int wrote;
        try (Session session = postgres.open()) {
            session.begin();
            wrote = backend(session);
            session.commit();
        }

        assertNotEquals(wrote, backendThatLooks());
    }

    @Test
    void twoAtATimeHaveOneEach() {
        try (Session one = postgres.open()) {
            one.beginReadOnly();
            assertNotEquals(backend(one), backendThatLooks());
        }
    }

    @Test
    void nothingIsKeptOfAnotherLogin() {
        Postgres other = postgres.as(server.superuser(), server.superuserPassword().toCharArray());

        assertNotEquals(backendThatLooks(other), backendThatLooks(other));
    }

    @Test
    void nothingIsKeptAfterTheEnd() {
        int before = backendThatLooks();

        postgres.closeSpare();

        assertNotEquals(before, backendThatLooks());
        assertNotEquals(backendThatLooks(), backendThatLooks());
    }

    @Test
    void thatThereIsNoServerIsToldToWhoOpensASession() {
        Postgres nowhere = PlainPostgres.at("postgresql://nobody@127.0.0.1:1/nowhere");
        nowhere.openAhead();

        assertEquals(ExitCode.UNREACHABLE, assertThrows(ProvisionException.class, nowhere::open).exitCode());
    }

    private int backendThatLooks() {
        return backendThatLooks(postgres);
    }

    private static int backendThatLooks(Postgres postgres) {
        try (Session session = postgres.open()) {
            session.beginReadOnly();
            return backend(session);
        }
    }

    private static int backend(Session session) {
        return session.query("SELECT pg_backend_pid()", row -> row.getInt(1)).get(0);
    }
}
