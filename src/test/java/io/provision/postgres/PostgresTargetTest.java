package io.provision.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
}
