package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import io.provision.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A password that no URL and no variable has is looked for as psql looks for it. */
class PassFileTest {

    private static final String WITH_PASSWORD = TestPostgres.shared().superuserUrl("postgres");
    private static final String PASSWORD = WITH_PASSWORD.replaceFirst(".*//[^:]*:([^@]*)@.*", "$1");
    private static final String URL = WITH_PASSWORD.replaceFirst(":[^:@/]+@", "@").replaceFirst("[?].*", "");

    @TempDir
    private Path home;

    @TempDir
    private Path elsewhere;

    private Path driversOwn;

    @BeforeEach
    void putAFileWhereTheDriverLooks() throws IOException {
        driversOwn = Files.writeString(elsewhere.resolve("drivers-own"), "*:*:*:*:" + PASSWORD + "\n");
    }

    @Test
    void itIsThatOfTheHomeFolderThatTheEnvironmentNames() throws IOException {
        write(".pgpass", "db1:5433:trading:me:of home");

        assertEquals("of home", password("postgresql://me@db1:5433/trading", Map.of("HOME", home.toString())));
    }

    @Test
    void whatTheEnvironmentNamesCountsBeforeIt() throws IOException {
        write(".pgpass", "*:*:*:*:of home");
        Path other = write("other", "*:*:*:*:of the variable");
        Path third = write("third", "*:*:*:*:of the URL");
        Map<String, String> environment = Map.of("HOME", home.toString(), "PGPASSFILE", other.toString());

        assertEquals("of the variable", password("postgresql://me@db1/trading", environment));
        assertEquals("of the URL", password("postgresql://me@db1/trading?passfile=" + third, environment));
        assertEquals("of the variable", PostgresTarget.of(
                        Optional.empty(), PostgresTarget.Tls.NONE,
                        Map.of("PGUSER", "me", "PGPASSFILE", other.toString()))
                .properties().getProperty("password"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "db1:5432:trading:me:a\\:b\\\\c           | a:b\\c",
        "db2:*:*:*:other\\ndb1:*:*:*:first\\ndb1:*:*:*:second | first",
        "# *:*:*:*:no\\n*:5432:trading:me:yes     | yes",
        "db1:5433:trading:me:no                    | none",
        "db1:5432:tradin:me:no                     | none",
        "db1:5432:trading:me                       | none",
        "\\db1:5432:trading:me:yes                 | yes",
        "db1:5432:trading:me:yes:what is behind it  | yes",
        "db1:5432:trading:me:ends with a \\         | ends with a \\",
        "db1:5432:trading:me:not split\\rhere\\r     | not split\\rhere",
    })
    void theFirstLineThatFitsCounts(String lines, String password) throws IOException {
        Path file = write("file", lines.replace("\\n", "\n").replace("\\r", "\r"));

        assertEquals(
                password.replace("\\r", "\r"),
                password("postgresql://me@db1/trading", Map.of("PGPASSFILE", file.toString())));
    }

    @Test
    void aUrlThatNamesNoFileSaysNothingOfIt() throws IOException {
        write(".pgpass", "*:*:*:*:of home");
        Map<String, String> environment = Map.of("HOME", home.toString());

        assertEquals("of home", password("postgresql://me@db1/trading?passfile=", environment));
    }

    @Test
    void ofSeveralHostsTheFirstThatHasOneCounts() throws IOException {
        Path file = write("file", "db2:5433:my db:me:of the second");

        assertEquals("of the second",
                password("postgresql://me@db1,db2:5433/my%20db", Map.of("PGPASSFILE", file.toString())));
    }

    @Test
    void whatIsGivenElsewhereCountsBeforeAnyFile() throws IOException {
        Path file = write("file", "*:*:*:*:no");
        Map<String, String> environment = Map.of("PGPASSFILE", file.toString(), "PGPASSWORD", "of the variable");

        assertEquals("of the URL", password("postgresql://me:of%20the%20URL@db1/trading", environment));
        assertEquals("of the variable", password("postgresql://me@db1/trading", environment));
    }

    @Test
    void oneThatOthersMayReadIsLeftAsideAndWhoIsNotLetInIsToldSo() throws IOException {
        Path file = write("file", "*:*:*:*:" + PASSWORD);
        PostgresTarget target = target(URL, Map.of("PGPASSFILE", file.toString()));
        new Postgres(target, "test", sql -> { }).open().close();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertEquals(
                Optional.of("the password file %s is left aside, as psql leaves it, because others than its owner may"
                        .formatted(file) + " use it: `chmod 600 %s`".formatted(file)),
                refused(target(URL, Map.of("PGPASSFILE", file.toString()))));
    }

    @Test
    void oneWithoutALineThatFitsIsNotMadeUpForByAnother() throws IOException {
        Path named = write("named", "db1:*:*:*:no");

        assertEquals(
                Optional.of("the password file %s has no line for this host, port, database and user: write one, or"
                        .formatted(named) + " set PGPASSWORD"),
                refused(target(URL + "?passfile=" + named, Map.of())));
    }

    @Test
    void oneThatIsNamedAndDoesNotStandIsNotMadeUpForByAnother() throws IOException {
        write(".pgpass", "*:*:*:*:" + PASSWORD);
        Path named = home.resolve("nowhere");
        String why = "the password file %s does not exist: write it, or set PGPASSWORD".formatted(named);

        assertEquals(
                Optional.of(why), refused(target(URL + "?passfile=" + named, Map.of("HOME", home.toString()))));
        assertEquals(
                Optional.of(why),
                refused(target(URL, Map.of("HOME", home.toString(), "PGPASSFILE", named.toString()))));
    }

    @Test
    void whereThereIsNoneTheDriverLooksForNoneInItsOwnWay() {
        assertEquals(
                Optional.of("give the login its password: in `postgres.url`, PGPASSWORD or PGPASSFILE"),
                refused(target(URL, Map.of("HOME", home.toString()))));
    }

    @Test
    void oneThatCannotBeIsAnErrorOfUsage() {
        ProvisionException e = assertThrows(ProvisionException.class, () -> target(URL + "?passfile=/a%00b", Map.of()));

        assertEquals(ExitCode.USAGE, e.exitCode());
        assertEquals(
                "`passfile` is no path of a file: Nul character not allowed; name the password file, or take it away",
                e.problems().get(0).message() + "; " + e.problems().get(0).remedy().orElseThrow());
    }

    /** While the driver's own way leads to a file with the password. */
    private Optional<String> refused(PostgresTarget target) {
        System.setProperty("org.postgresql.pgpassfile", driversOwn.toString());
        try {
            ProvisionException e = assertThrows(
                    ProvisionException.class, () -> new Postgres(target, "test", sql -> { }).open().close());

            assertTrue(e.problems().get(0).message().endsWith(" cannot be used: it asks for a password"), e::getMessage);
            return e.problems().get(0).remedy();
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    private static String password(String url, Map<String, String> environment) {
        String password = target(url, environment).properties().getProperty("password");
        return password.isEmpty() ? "none" : password;
    }

    private static PostgresTarget target(String url, Map<String, String> environment) {
        return PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, environment);
    }

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(home.resolve(name), text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
