package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the launcher makes at its first run: faster starts, and never a reason to fail. */
class ClassArchiveIT {

    @TempDir
    private Path folder;

    private Project project;
    private Path installed;

    @BeforeEach
    void install() throws IOException {
        project = Project.exchanges(folder.resolve("project"), "A");
        installed = folder.resolve("installed");
        Files.createDirectories(installed.resolve("bin"));
        for (String file : List.of("provision.jar", "bin/provision", "bin/find-java")) {
            Files.copy(PackagedCommand.DISTRIBUTION.resolve(file), installed.resolve(file));
        }
        assertTrue(installed.resolve("bin/provision").toFile().setExecutable(true, false));
        assertTrue(installed.resolve("bin/find-java").toFile().setExecutable(true, false));
    }

    @Test
    void theFirstRunMakesOneAndLaterRunsUseIt() throws IOException {
        derives(command());
        Path archive = archives().get(0);
        FileTime made = Files.getLastModifiedTime(archive);

        derives(command());

        assertEquals(List.of(archive), archives());
        assertEquals(made, Files.getLastModifiedTime(archive));
        Ended loading = command().with("PROVISION_JAVA_OPTS", "-Xlog:class+load").run("derive").expect(0);
        assertTrue(
                loading.out().lines().anyMatch(line -> line.contains("io.provision.cli.Main source: shared objects")),
                loading::toString);
    }

    @Tag("full")
    @Test
    void aNewerJarGetsAnother() throws IOException {
        derives(command());
        Path archive = archives().get(0);
        Instant later = Files.getLastModifiedTime(archive).toInstant().plusMillis(10);
        Files.setLastModifiedTime(installed.resolve("provision.jar"), FileTime.from(later));

        derives(command());

        assertNotEquals(later, Files.getLastModifiedTime(archive).toInstant());
        assertTrue(Files.getLastModifiedTime(archive).toInstant().isAfter(later));
    }

    @Test
    void anArchiveThatIsBrokenIsNoReasonToFail() throws IOException {
        derives(command());
        Path archive = archives().get(0);
        assertTrue(archive.toFile().setWritable(true));
        Files.writeString(archive, "no archive");

        derives(command());
    }

    @Tag("full")
    @Test
    void whoMayNotWriteThereKeepsItInACacheOfTheirOwn() throws IOException {
        PackagedCommand nobody = nobody();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.setAttribute(cache, "unix:uid", 65534);

        derives(nobody.with("XDG_CACHE_HOME", cache.toString()));
        derives(nobody.with("XDG_CACHE_HOME", cache.toString()));

        assertEquals(List.of(), archives());
        assertEquals(1, list(cache.resolve("provision")).size());
    }

    @Tag("full")
    @Test
    void anArchiveInSomebodyElsesCacheIsNotUsed() throws IOException {
        PackagedCommand nobody = nobody();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.setAttribute(cache, "unix:uid", 65534);
        derives(nobody.with("XDG_CACHE_HOME", cache.toString()));
        Path planted = list(cache.resolve("provision")).get(0);

        Ended loading = command()
                .with("XDG_CACHE_HOME", cache.toString())
                .with("PROVISION_JAVA_OPTS", "-Xlog:class+load")
                .run("derive").expect(0);

        assertTrue(loading.out().lines().anyMatch(line -> line.contains("io.provision.cli.Main source: ")));
        assertEquals(1, archives().size(), "root's own, beside the jar, and not " + planted);
    }

    @Tag("full")
    @Test
    void withNoPlaceForItNoneIsMade() throws IOException {
        derives(nobody().with("HOME", "/nowhere").without("XDG_CACHE_HOME"));

        assertEquals(List.of(), archives());
    }

    @Test
    void itCanBeForbidden() throws IOException {
        derives(command().with("PROVISION_CLASS_ARCHIVE", "never"));

        assertEquals(List.of(), archives());
    }

    @Tag("full")
    @Test
    void twoFirstRunsAtOnceBothEndWell() throws IOException {
        try (RunningCommand one = command().start("derive"); RunningCommand other = command().start("derive")) {
            assertEquals(one.await().expect(0).out(), other.await().expect(0).out());
        }

        assertEquals(1, archives().size());
    }

    @Test
    void aFolderThatGoesWhileItIsMadeIsNoReasonToFail() throws IOException {
        derives(commandWhoseTraining("rm -r '%s'; exit 1".formatted(installed.resolve("archive"))));

        assertEquals(List.of(), archives());
    }

    @Test
    void aSignalWhileItIsMadeEndsTheCommandAndLeavesNothing() throws IOException {
        commandWhoseTraining("kill -s TERM $PPID; exec sleep 600").run("derive").expect(143);

        assertEquals(List.of(), archives());
    }

    @Tag("full")
    @Test
    void whereASignalEndsJavaNothingSaysThatNoneCanBeMade() throws IOException {
        derives(commandWhoseTraining("kill -s KILL $$"));

        assertEquals(List.of(), archives());
    }

    @Test
    void whereJavaCannotMakeOneNoLaterRunTries() throws IOException {
        derives(commandWhoseTraining("exit 1"));
        derives(commandWhoseTraining("kill -s TERM $PPID"));

        assertEquals(1, archives().size());
        assertEquals(0, Files.size(archives().get(0)));
    }

    /** Java as it is, but that what makes the archive stops half-way, with the file begun, and does this instead. */
    private PackagedCommand commandWhoseTraining(String does) throws IOException {
        Path real = Path.of(System.getProperty("java.home"));
        Path home = folder.resolve("java");
        Path java = home.resolve("bin/java");
        Path modules = home.resolve("lib/modules");
        Files.createDirectories(java.getParent());
        Files.createDirectories(modules.getParent());
        Files.copy(real.resolve("release"), home.resolve("release"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(modules, "only its time matters");
        Files.setLastModifiedTime(modules, FileTime.from(Instant.EPOCH));
        Files.writeString(java, """
                #!/bin/sh
                for option; do
                    case $option in
                        -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
                            draft=${option#*=}
                            echo begun >"$draft"
                            echo begun >"$draft.config"
                            %s
                            ;;
                    esac
                done
                exec "%s/bin/java" "$@"
                """.formatted(does, real));
        assertTrue(java.toFile().setExecutable(true));
        return command().with("JAVA_HOME", home.toString());
    }

    private PackagedCommand command() {
        return project.command().as(installed.resolve("bin/provision").toString());
    }

    private PackagedCommand nobody() throws IOException {
        boolean setpriv = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "setpriv")));
        assumeTrue("root".equals(System.getProperty("user.name")) && setpriv,
                "skipped: becoming another user needs root and setpriv");
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.toList()) {
                boolean runs = Files.isDirectory(path) || Files.isExecutable(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        return project.command().as("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                installed.resolve("bin/provision").toString());
    }

    private void derives(PackagedCommand command) {
        Ended ended = command.run("derive").expect(0);
        ended.prints(project.instance("A"));
        assertEquals("", ended.err());
    }

    private List<Path> archives() throws IOException {
        return list(installed.resolve("archive"));
    }

    private static List<Path> list(Path in) throws IOException {
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(in)) {
            return files.toList();
        }
    }
}
