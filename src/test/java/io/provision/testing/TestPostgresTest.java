package io.provision.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPostgresTest {

    private final TestPostgres postgres = TestPostgres.shared();

    @Test
    void isOneServerAJvm() {
        assertSame(postgres, TestPostgres.shared(TestPostgres.DEFAULT_MAJOR));
    }

    @Test
    void eachTestHasADatabaseOfItsOwn() throws SQLException {
        String first = postgres.createDatabase();
        String second = postgres.createDatabase();
        postgres.run(first, "CREATE TABLE only_here (id int)");

        assertNotEquals(first, second);
        assertEquals("1", ask(first, "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'"));
        assertEquals("0", ask(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'"));
    }

    @Test
    void everybodyNeedsTheRightPassword() {
        SQLException refused = assertThrows(SQLException.class,
                () -> postgres.connect(postgres.superuser(), "wrong", "postgres").close());

        assertEquals("28P01", refused.getSQLState());
    }

    @Test
    void theProvisioningLoginMakesRolesAndIsNoSuperuser() throws SQLException {
        TestPostgres.Login login = postgres.createProvisioningLogin();

        try (Connection session = postgres.connect(login.name(), login.password(), "postgres");
                Statement statement = session.createStatement()) {
            statement.execute("CREATE ROLE made_by_" + login.name());
            assertThrows(SQLException.class, () -> statement.execute("SELECT * FROM pg_authid"));
        }
    }

    @Test
    void theLogTellsWhatRanSinceTheMark() {
        postgres.run("postgres", "SELECT 'before the mark'");
        long mark = postgres.mark();
        postgres.run("postgres", "SELECT 'after the mark'");

        assertFalse(postgres.logSince(mark).contains("before the mark"));
        assertTrue(postgres.logSince(mark).contains("after the mark"));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void everySupportedMajorStarts(int major) throws SQLException {
        assumeTrue(TestPostgres.isAvailable(major), "no binaries of PostgreSQL " + major);
        try (Connection session = TestPostgres.shared(major).connect("postgres")) {
            assertEquals(major, session.getMetaData().getDatabaseMajorVersion());
        }
    }

    private String ask(String database, String sql) throws SQLException {
        try (Connection session = postgres.connect(database);
                Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
