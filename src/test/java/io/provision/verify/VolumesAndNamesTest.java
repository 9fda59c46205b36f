package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.testing.TestEcosystem;
import io.provision.verify.Verified.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders, and what the services will look for: nothing of it asks a server. */
class VolumesAndNamesTest {

    @TempDir
    private Path folder;

    @Test
    void foldersThatStandAreEachInstancesOwn() {
        TestEcosystem ecosystem = ecosystem("");

        Verified verified = verify(ecosystem);

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(List.of(), verified.breaches());
    }

    @Test
    void aFolderThatEverybodyMayWriteInIsABreachAndADrift() throws IOException {
        TestEcosystem ecosystem = ecosystem("");
        Path data = folder.resolve("volumes/exchange-okx/data");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        Verified verified = verify(ecosystem);

        assertEquals(4, verified.exitCode(), verified::toString);
        Found found = verified.breaches().get(0);
        assertEquals("* exchange-okx volume", found.from() + " " + found.to() + " " + found.store());
        assertEquals("everybody on this machine may write in " + data + " (mode 0777)", found.how());
        assertEquals("chmod 0750 " + data, found.remedy());
        assertEquals(1, verified.faults().size(), verified::toString);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
        assertEquals(0, verify(ecosystem).exitCode());
    }

    @Test
    void whatTheManifestAsksForIsOnlyAWarning() {
        Verified verified = verify(ecosystem("mode: \"0777\""));

        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(verified.warnings().stream().anyMatch(w -> w.contains("(mode 0777), as the manifest says")),
                verified::toString);
    }

    @Test
    void aFolderThatIsGoneOrInTheWayOfWhichAFileStandsIsAFault() throws IOException {
        TestEcosystem ecosystem = ecosystem("");
        Files.delete(folder.resolve("volumes/exchange-okx/data"));
        Files.delete(folder.resolve("volumes/exchange-binance/logs"));
        Files.createFile(folder.resolve("volumes/exchange-binance/logs"));

        Verified verified = verify(ecosystem);

        assertEquals(4, verified.exitCode(), verified::toString);
        assertTrue(verified.faults().stream().anyMatch(f -> f.startsWith("exchange-okx folder: ")
                && f.contains("there is none")), verified::toString);
        assertTrue(verified.faults().stream().anyMatch(f -> f.startsWith("exchange-binance folder: ")
                && f.contains("a file")), verified::toString);
    }

    @Test
    void aFolderAboveInWhichEverybodyMayPutAnotherInTheirPlaceIsAWarning() throws IOException {
        TestEcosystem ecosystem = ecosystem("");
        Path above = folder.resolve("volumes/exchange-okx");
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setAttribute(folder.resolve("volumes"), "unix:mode", 01777);

        Verified verified = verify(ecosystem);

        assertEquals(0, verified.exitCode(), verified::toString);
        assertEquals(
                List.of("everybody on this machine may put other folders in the place of those in %s (mode 0777);"
                        .formatted(above) + " `chmod o-w %s` ends that".formatted(above)),
                verified.warnings().stream().filter(warning -> warning.startsWith("everybody")).toList());
    }

    @Test
    void foldersOnADiskThatIsMountedReadOnlyAreAFault() throws IOException, InterruptedException {
        String disk = Files.createDirectory(folder.resolve("volumes")).toString();
        assumeTrue(done("mount", "-t", "tmpfs", "none", disk), "this user may not mount");
        Verified verified;
        try {
            TestEcosystem ecosystem = ecosystem("");
            assumeTrue(done("mount", "-o", "remount,ro", disk), "nor mount once more");
            verified = verify(ecosystem);
        } finally {
            done("umount", disk);
        }

        assertEquals(4, verified.faults().size(), verified::toString);
        assertEquals(
                "exchange-binance writable: %s/exchange-binance/data: nobody may write there, because its disk is"
                                .formatted(disk)
                        + " mounted read-only",
                verified.faults().get(0));
    }

    private static boolean done(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void anOwnerWhoMayNotWriteIsAFault() throws IOException {
        TestEcosystem ecosystem = ecosystem("");
        Files.setPosixFilePermissions(
                folder.resolve("volumes/exchange-okx/data"), PosixFilePermissions.fromString("r-xr-x---"));

        Verified verified = verify(ecosystem);

        assertTrue(verified.faults().stream().anyMatch(f -> f.startsWith("exchange-okx writable: ")
                && f.contains("its owner may not write there (mode 0550)")), verified::toString);
    }

    @Test
    void foldersThatAreOneByALinkAreFound() throws IOException {
        Files.createDirectories(folder.resolve("volumes/exchange-okx/data"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("volumes/exchange-okx/data"));
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okx: {service: exchange-simulator, volumes: {root: ./volumes}}
                  exchange-binance: {service: exchange-simulator, volumes: {root: ./linked}}
                """);
        ecosystem.init("--only", "volumes");

        Verified verified = verify(ecosystem);

        assertEquals(1, verified.breaches().size(), verified::toString);
        Found found = verified.breaches().get(0);
        assertEquals("exchange-okx exchange-binance", found.from() + " " + found.to());
        assertTrue(found.how().contains("linked/exchange-binance/data is inside "), found::how);
    }

    @Test
    void aFolderInsideAnotherIsFoundWhateverSortsBetweenThem() throws IOException {
        Files.createDirectories(folder.resolve("volumes/exchange-okx/data"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("volumes/exchange-okx/data"));
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okx: {service: exchange-simulator, volumes: {root: ./volumes, dirs: [data, data-old]}}
                  exchange-binance: {service: exchange-simulator, volumes: {root: ./linked}}
                """);
        ecosystem.init("--only", "volumes");

        Verified verified = verify(ecosystem);

        assertEquals(1, verified.breaches().size(), verified::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "adapter: component                         | its adapter (component) computes what is provisioned",
        "adapter: market-data-adapter, schema: mine | its environment must say REDIS_NAMESPACE=exchange:okx"
                + " SCHEMA_NAME=mine",
        "adapter: {rule: python-data-adapter, env_prefix: X_}, schema: mine | must say X_SCHEMA_NAME=mine",
    })
    void whatAServiceWillLookForIsHeldAgainstWhatIsProvisioned(String settings, String detail) {
        Verified verified = named(settings);

        assertTrue(
                Verified.nodes(verified.document().get("checks")).stream().anyMatch(check ->
                        check.get("check").asText().equals("names") && check.get("detail").asText().contains(detail)),
                () -> verified.document().toPrettyString());
        assertEquals(0, verified.exitCode(), verified::toString);
    }

    @Test
    void whereNobodySaidWhichAdapterAServiceRunsAnotherNameIsAWarning() {
        Verified verified = named("schema: mine");

        assertEquals(0, verified.exitCode(), verified::toString);
        assertTrue(
                verified.warnings().stream().anyMatch(warning -> warning.equals("exchange-okx: its adapter (component) "
                        + "computes exchange_okx and exchange:okx, and what is provisioned is mine and exchange:okx")),
                verified::toString);
    }

    private Verified named(String settings) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okx: {service: exchange-simulator, volumes: {root: ./volumes}, %s}
                """.formatted(settings));
        ecosystem.init("--only", "volumes");
        return verify(ecosystem);
    }

    private TestEcosystem ecosystem(String volumes) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                defaults: {volumes: {root: ./volumes, %s}}
                services:
                  exchange-simulator: {}
                instances:
                  exchange-okx: {service: exchange-simulator}
                  exchange-binance: {service: exchange-simulator}
                """.formatted(volumes));
        ecosystem.init("--only", "volumes");
        return ecosystem;
    }

    private static Verified verify(TestEcosystem ecosystem) {
        return Verified.of(ecosystem.run("verify", "--only", "volumes", "-o", "json"));
    }
}
