package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that somebody else gave, and that {@code verify --connect} cannot know. */
class UnknownPasswordsTest {

    @TempDir
    private Path folder;

    @Test
    void ofManyInstancesAreOneWarningAStore() {
        TestEcosystem ecosystem = ecosystem(5);

        assertEquals(
                List.of(
                        ecosystem.numbered("no login was tried for 5 instances, because the passwords of their roles"
                                + " are not known here: exchange-1xNN (exchange_1xNN_adapter), exchange-2xNN"
                                + " (exchange_2xNN_adapter), exchange-3xNN (exchange_3xNN_adapter), 2 more"),
                        ecosystem.numbered("it is not proved for 5 instances that their Redis users are let in,"
                                + " because the passwords are not known here: exchange-1xNN (exchange-1xNN-adapter),"
                                + " exchange-2xNN (exchange-2xNN-adapter), exchange-3xNN (exchange-3xNN-adapter),"
                                + " 2 more")),
                warnings(ecosystem));
    }

    @Test
    void ofOneInstanceIsToldOfThatOne() {
        TestEcosystem ecosystem = ecosystem(1);

        assertEquals(
                List.of(
                        ecosystem.numbered("exchange-1xNN: no login was tried, because the password of"
                                + " exchange_1xNN_adapter is not known here"),
                        ecosystem.numbered("exchange-1xNN: it is not proved that exchange-1xNN-adapter is let in,"
                                + " because its password is not known here")),
                warnings(ecosystem));
    }

    private static List<String> warnings(TestEcosystem ecosystem) {
        return Verified.of(ecosystem.run("verify", "--connect", "--only", "postgres,redis", "-o", "json")).warnings();
    }

    private TestEcosystem ecosystem(int instances) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest(IntStream.rangeClosed(1, instances)
                .mapToObj("  exchange-%dxNN: {service: exchange-simulator}\n"::formatted)
                .collect(Collectors.joining("", "services: {exchange-simulator: {}}\ninstances:\n", "")));
        ecosystem.init();
        return ecosystem;
    }
}
