package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --only}: each team runs its part ({@code cli.md}); together they have done everything. */
class PartialRunsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"postgres redis volumes", "volumes redis postgres"})
    void afterAllPartsThereIsNothingLeftToDo(String parts) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults:
                  redis_password: {generate: "secrets/{instance}"}
                services:
                  exchange-simulator: {volumes: {dirs: [data]}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        for (String part : parts.split(" ")) {
            ecosystem.init("--only", part);
        }

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");
        Ran verify = ecosystem.run("verify");

        assertEquals(0, plan.exitCode(), plan::toString);
        assertEquals(0, verify.exitCode(), verify::toString);
    }

    /** A role that is shared on purpose brings its Redis user with it. */
    @Test
    void afterAllPartsThereIsNothingLeftToDoForInstancesThatShareAUserEither() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator, role: sharedNN}
                  exchange-binanceNN: {service: exchange-simulator, role: sharedNN}
                """);
        for (String part : List.of("postgres", "redis", "volumes")) {
            ecosystem.init("--only", part);
        }

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");

        assertEquals(0, plan.exitCode(), plan::toString);
    }

    /** Whoever has no user there has nothing that would tell. */
    @Test
    void aNamespaceThatNobodyHasTriedIsStillToBeTried() {
        TestEcosystem ecosystem = TestEcosystem.in(folder).redisSettings("acl: off").manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                """);
        ecosystem.init("--only", "postgres,volumes");

        Ran plan = ecosystem.run("plan", "--detailed-exitcode");

        assertEquals(3, plan.exitCode(), plan::toString);
        assertTrue(plan.out().contains(ecosystem.numbered("+ namespace exchange:okxNN")), plan::toString);
    }
}
