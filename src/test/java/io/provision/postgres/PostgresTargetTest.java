package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the servers are, as libpq's forms of it tell ({@code manifest.md}, "Connections"). */
class PostgresTargetTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "postgresql://db1:5433,db2/trading jdbc:postgresql://db1:5433,db2/trading true",
        "jdbc:postgresql://db1,db2,db3/trading jdbc:postgresql://db1,db2,db3/trading true",
        "postgresql://db1:5433/trading jdbc:postgresql://db1:5433/trading false"
    })
    void aUrlNamesOneHostOrSeveral(String url, String jdbcUrl, boolean several) {
        PostgresTarget target = PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, Map.of());

        assertEquals(jdbcUrl, target.jdbcUrl());
        assertEquals(several, target.severalHosts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "db1,db2 5432 jdbc:postgresql://db1:5432,db2:5432/trading",
        "db1,db2 5432,5433 jdbc:postgresql://db1:5432,db2:5433/trading",
        "db1 5433 jdbc:postgresql://db1:5433/trading"
    })
    void soDoesTheEnvironment(String hosts, String ports, String jdbcUrl) {
        Map<String, String> environment = Map.of("PGHOST", hosts, "PGPORT", ports, "PGDATABASE", "trading");

        assertEquals(
                jdbcUrl,
                PostgresTarget.of(Optional.empty(), PostgresTarget.Tls.NONE, environment).jdbcUrl());
    }

    @Test
    void whichOfThemIsWantedMayBeSaid() {
        PostgresTarget byUrl = PostgresTarget.of(
                Optional.of("postgresql://db1,db2/trading?target_session_attrs=prefer-standby"),
                PostgresTarget.Tls.NONE,
                Map.of("PGTARGETSESSIONATTRS", "read-write"));
        PostgresTarget byEnvironment = PostgresTarget.of(
                Optional.of("postgresql://db1,db2/trading"),
                PostgresTarget.Tls.NONE,
                Map.of("PGTARGETSESSIONATTRS", "read-write"));

        assertEquals("preferSecondary", byUrl.properties().getProperty("targetServerType"));
        assertEquals("primary", byEnvironment.properties().getProperty("targetServerType"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "postgresql://me:SEC%RET@h/db %25",
        "postgresql://me:SEC/RET@h/db %2F",
        "postgresql://me:SEC/RET@h/db?user=x %2F",
        "postgresql://me:12SEC?R/ET@h/db %3F",
        "postgresql://me:12?SEC/RET@h/db %3F",
        "postgresql://h:SECRET/db 1",
        "postgresql://h:0/db 65535",
        "postgresql://h:65536/db 65535",
        "postgresql://[SECRET/db brackets",
        "mysql://me:SECRET@h/db known",
        "postgresql://h/db?password=SEC%RET %25",
        "postgresql://h/db?sslmod=require sslmod",
        "postgresql://h/db?sslmode=SECRET verify-full",
        "postgresql://h/db?host=SECRET host",
        "postgresql://me:SECRET@h/a/b %2F"
    })
    void aUrlThatCannotBeIsTheCommandLinesFaultAndNeverShown(String url, String told) {
        ProvisionException e = assertThrows(
                ProvisionException.class,
                () -> PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, Map.of()));

        assertEquals(ExitCode.USAGE, e.exitCode());
        assertTrue(e.getMessage().contains(told), e.getMessage());
        assertFalse(e.getMessage().matches("(?s).*(SEC|RET|R/ET).*"), e.getMessage());
    }

    @Test
    void allThatIsWrongWithAUrlIsToldAtOnce() {
        ProvisionException e = assertThrows(
                ProvisionException.class,
                () -> PostgresTarget.of(
                        Optional.of("postgresql://me:100%@h:port/db?sslmod=require"),
                        PostgresTarget.Tls.NONE,
                        Map.of()));

        assertEquals(3, e.problems().size(), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "postgresql://me:a@b@h/db a@b",
        "postgresql://me:a:b@h/db a:b",
        "postgresql://me:a?b@h/db a?b",
        "postgresql://me:a+b%2F%40@h/db a+b/@",
        "jdbc:postgresql://h/db?user=me&password=a%26b a&b"
    })
    void aPasswordMayHoldWhatItLikes(String url, String password) {
        PostgresTarget target = PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, Map.of());

        assertEquals(password, target.properties().getProperty("password"));
        assertEquals("jdbc:postgresql://h/db", target.jdbcUrl());
        assertEquals("postgresql://me:***@h/db", target.toString());
    }

    /** Such as a token that a cloud gives for one. */
    @Test
    void aPasswordMayBeLong() {
        PostgresTarget target = PostgresTarget.of(
                Optional.of("postgresql://me:%s@h/db".formatted("x%41".repeat(20_000))),
                PostgresTarget.Tls.NONE,
                Map.of());

        assertEquals("xA".repeat(20_000), target.properties().getProperty("password"));
    }

    @Test
    void aUrlWithoutAHostTakesTheEnvironmentsAsForPsql() {
        PostgresTarget target = PostgresTarget.of(
                Optional.of("postgresql:///db"), PostgresTarget.Tls.NONE, Map.of("PGHOST", "h", "PGPORT", "5433"));
        PostgresTarget here =
                PostgresTarget.of(Optional.of("postgresql://%2Frun/db"), PostgresTarget.Tls.NONE, Map.of());

        assertEquals("jdbc:postgresql://h:5433/db", target.jdbcUrl());
        assertEquals("jdbc:postgresql://localhost/db", here.jdbcUrl());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "postgresql+asyncpg://h/db?ssl=require&prepared_statement_cache_size=0 require",
        "postgresql://h/db?sslmode=verify-ca&keepalives_idle=30&connect_timeout=3 verify-ca"
    })
    void encryptionIsAskedForInThePythonDriversWordsToo(String url, String sslMode) {
        PostgresTarget target = PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, Map.of());

        assertEquals(sslMode, target.properties().getProperty("sslmode"));
    }

    @Test
    void aHostThatNobodyKnowsIsCalledSo() {
        Postgres postgres = new Postgres(
                PostgresTarget.of(Optional.of("postgresql://nohost.invalid/db"), PostgresTarget.Tls.NONE, Map.of()),
                "test",
                statement -> { });

        ProvisionException e = assertThrows(ProvisionException.class, postgres::open);

        assertEquals(ExitCode.UNREACHABLE, e.exitCode());
        assertTrue(e.getMessage().contains("no such host is known"), e.getMessage());
    }

    @Test
    void aServiceOfAServiceFileCountsAsForPsql(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("services"), """
                # of all machines
                [other]
                host=elsewhere
                [trading]
                host=db1,db2
                port=5433
                dbname=trading eco
                user=provisioner
                password=made up
                target_session_attrs=standby
                connect_timeout=3
                """);
        Map<String, String> environment = Map.of(
                "PGSERVICE", "trading", "PGSERVICEFILE", file.toString(), "PGHOST", "db9", "PGUSER", "nobody");

        PostgresTarget target = PostgresTarget.of(Optional.empty(), PostgresTarget.Tls.NONE, environment);
        PostgresTarget byUrl = PostgresTarget.of(
                Optional.of("postgresql://me@/mine?service=trading"), PostgresTarget.Tls.NONE, environment);

        assertEquals("jdbc:postgresql://db1:5433,db2:5433/trading+eco", target.jdbcUrl());
        assertEquals("provisioner", target.properties().getProperty("user"));
        assertEquals("made up", target.properties().getProperty("password"));
        assertEquals("secondary", target.properties().getProperty("targetServerType"));
        assertEquals("3", target.properties().getProperty("connectTimeout"));
        assertEquals("postgresql://me:***@db1:5433,db2:5433/mine", byUrl.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nosuch  | no service file has the service `nosuch`: looked for [nosuch] in ",
        "odd     | services:2:1: this is no `name=value`",
        "strange | there is no parameter `sslmod`"
    })
    void aServiceThatCannotBeIsToldAndNotTakenForThisMachine(String name, String told, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("services"), "[odd]\nhost\n[strange]\nsslmod=require\n");
        Map<String, String> environment = Map.of(
                "PGSERVICE", name, "PGSERVICEFILE", file.toString(), "PGSYSCONFDIR", folder.toString());

        ProvisionException e = assertThrows(
                ProvisionException.class,
                () -> PostgresTarget.of(Optional.empty(), PostgresTarget.Tls.NONE, environment));

        assertEquals(ExitCode.USAGE, e.exitCode());
        assertTrue(e.getMessage().contains(told), e.getMessage());
    }
}
