package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same doors on the other versions: memberships are others before 16, and {@code public} before 15. */
@Tag("full")
class BreachesOnVersionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 18})
    void areFoundAndNamedAndClosed(int major) {
        assumeTrue(TestPostgres.isAvailable(major), () -> "PostgreSQL " + major + " is not here");
        VerifiedEcosystem ecosystem = VerifiedEcosystem.on(TestPostgres.shared(major), folder);
        assertEquals(List.of(), ecosystem.verify().breaches());

        BreachCase.all().filter(breach -> breach.isOn(major)).forEach(ecosystem::isFoundAndNamedAndClosed);
    }

    @ParameterizedTest
    @CsvSource({"13, true", "14, true", "15, false", "17, false"})
    void publicAsItIsInANewDatabaseIsWarnedOf(int major, boolean warned) {
        assumeTrue(TestPostgres.isAvailable(major), () -> "PostgreSQL " + major + " is not here");
        TestEcosystem ecosystem = TestEcosystem.on(TestPostgres.shared(major), folder).manifest("""
                services: {exchange-simulator: {}}
                instances: {exchange-okxNN: {service: exchange-simulator}}
                """);
        ecosystem.init("--only", "postgres");

        Verified verified = Verified.of(ecosystem.run("verify", "--only", "postgres", "-o", "json"));

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(
                warned ? 1 : 0,
                verified.warnings().stream().filter(w -> w.startsWith("PUBLIC may create objects in the schema public"))
                        .count(),
                verified::toString);
    }
}
