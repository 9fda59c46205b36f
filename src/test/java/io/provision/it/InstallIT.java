package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.embedded.EmbeddedStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distributions as they are installed elsewhere: without the embedded servers, for another user, on another Java. */
class InstallIT {

    @TempDir
    private Path folder;

    private Project project;

    @BeforeEach
    void write() {
        project = Project.exchanges(folder.resolve("project"), "A");
    }

    @AfterEach
    void stop() {
        project.stopEmbedded();
    }

    @Test
    void withoutTheEmbeddedServersItWorksOnRealOnes() {
        Servers servers = Servers.fresh();
        String provision = install(false);
        PackagedCommand command = servers.command(project).as(provision);

        command.run("derive").expect(0).prints(project.instance("A"));
        command.run("init").expect(0);
        command.run("init").expect(0).prints("nothing to do");
        Ended embedded = project.command().as(provision).run("init").expect(2);
        embedded.saysOneError("embedded");
        assertEquals("", embedded.out());
    }

    @Test
    void anOrdinaryUserNeedsNoMoreThanAFolder() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: every test here runs as an ordinary user");
        Optional<String> setpriv = program("setpriv");
        assumeTrue(setpriv.isPresent(), "skipped: there is no setpriv to become another user with");
        String provision = install(true);
        openToEverybody();
        PackagedCommand command = project.command()
                .with("HOME", folder.toString())
                .as(setpriv.get(), "--reuid=65534", "--regid=65534", "--clear-groups", provision);

        command.run("init").expect(0).prints("changes made");
        command.run("init").expect(0).prints("nothing to do");
        assertEquals(65534, Files.getAttribute(project.folder().resolve("volumes"), "unix:uid"));
        assertEquals(State.STOPPED, project.embedded().state());
    }

    @Test
    void aPathThatJavaTakesNothingFromIsTold() {
        project.command().as(install(false, "in:stalled")).run("derive").expect(1).saysOneError("a colon in its path");
    }

    /** As root sees a folder that it may write but is another's; and nobody, one that he may not write. */
    @Test
    void aFolderThatMayNotBeWrittenIsTold() throws IOException {
        Optional<String> setpriv = program("setpriv");
        assumeTrue("root".equals(System.getProperty("user.name")) && setpriv.isPresent(),
                "skipped: becoming another user needs root and setpriv");
        Servers servers = Servers.fresh();
        String provision = install(false);
        openToEverybody();
        Files.setPosixFilePermissions(project.folder(), PosixFilePermissions.fromString("r-xr-xr-x"));
        PackagedCommand nobody = servers.command(project)
                .as(setpriv.get(), "--reuid=65534", "--regid=65534", "--clear-groups", provision);

        Ended ended = nobody.run("init");
        ended.expect(2).saysOneError("the password file " + project.folder().resolve(".provision"));
        ended.says("denied");
        Ended embedded = project.command()
                .as(setpriv.get(), "--reuid=65534", "--regid=65534", "--clear-groups",
                        PackagedCommand.DISTRIBUTION + "/bin/provision")
                .run("init");
        assertTrue(embedded.exit() != 0, embedded::toString);
        embedded.showsNoInside();
        try (Database database = servers.database()) {
            assertEquals("0", database.ask("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'exchange%'"));
        }
    }

    @Tag("full")
    @Test
    void everyLaterJavaRunsIt() {
        List<Path> others = javas();
        assumeTrue(!others.isEmpty(), "skipped: no Java of 21 or later in /usr/lib/jvm");
        for (Path java : others) {
            PackagedCommand command = project.command().with("JAVA_HOME", java.toString());
            Ended derived = command.run("derive").expect(0);
            assertEquals("", derived.err());
            assertEquals(project.run("derive").out(), derived.out());
            command.run("init").expect(0);
            Ended again = command.run("init").expect(0);
            again.prints("nothing to do");
            assertEquals("", again.err(), "a warning of Java " + java);
        }
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver() {
        project.write("bin/java", "#!/bin/sh\necho 'openjdk version \"11.0.1\"' >&2\n");
        assertTrue(project.folder().resolve("bin/java").toFile().setExecutable(true));

        project.command().with("JAVA_HOME", project.folder().toString()).run("--version").expect(0);
    }

    private static List<Path> javas() {
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> feature(home) >= 21)
                    .sorted()
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static int feature(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("^JAVA_VERSION=\"([0-9]+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException unknown) {
            return 0;
        }
    }

    private static Optional<String> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(path -> path + "/" + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    /** @return the command of a copy of the distribution */
    private String install(boolean withEmbedded) {
        return install(withEmbedded, "installed");
    }

    private String install(boolean withEmbedded, String name) {
        Path to = folder.resolve(name);
        try (Stream<Path> tree = Files.walk(PackagedCommand.DISTRIBUTION)) {
            for (Path from : tree.toList()) {
                Path relative = PackagedCommand.DISTRIBUTION.relativize(from);
                if (withEmbedded || !relative.startsWith("embedded")) {
                    Files.copy(from, to.resolve(relative));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertTrue(to.resolve("bin/provision").toFile().setExecutable(true, false));
        assertTrue(to.resolve("bin/find-java").toFile().setExecutable(true, false));
        return to.resolve("bin/provision").toString();
    }

    private void openToEverybody() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.toList()) {
                boolean runs = Files.isDirectory(path) || Files.isExecutable(path);
                Files.setPosixFilePermissions(path,
                        PosixFilePermissions.fromString(runs ? "rwxrwxrwx" : "rw-rw-rw-"));
            }
        }
    }
}
