package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An ACL file that was rendered before the manifest said {@code redis.acl: off}; it cannot say whose it is. */
class RenderWithoutAclTest {

    private static final String INSTANCES = """
            services: {cache-service: {}}
            instances:
              cache-A: {}
              cache-B: {}
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void renderedWithUsers() throws IOException {
        CommandRun.manifest(folder, INSTANCES);
        assertEquals(0, render().code());
        file = folder.resolve("out/provision.acl");
        assertTrue(Files.exists(file));
        Path manifest = folder.resolve("instances.yaml");
        Files.writeString(manifest, Files.readString(manifest).replace(
                "redis: {url: embedded}", "redis: {url: embedded, acl: off}"));
    }

    private CommandRun render(String... further) {
        return CommandRun.in(folder, Stream.concat(Stream.of("render", "all", "--to", "out"), Stream.of(further))
                .toArray(String[]::new));
    }

    @Test
    void isToldByCheck() {
        CommandRun check = render("--check");

        assertEquals(3, check.code(), check.err());
        assertTrue(check.out().contains("--- provision.acl\n+++ /dev/null\n"), check.out());
        assertTrue(Files.exists(file));
    }

    @Test
    void goes() {
        CommandRun run = render();

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("removed out/provision.acl\n"), run.out());
        assertFalse(Files.exists(file));
        assertEquals(0, render("--check").code());
    }

    /** As the warning of `render redis-acl` has it: a server takes everything from its file. */
    @Test
    void staysWithWhatSomebodyPutIntoIt() throws IOException {
        String rendered = Files.readString(file);
        for (String others : List.of(
                "user default on #%s ~* &* +@all\n%s".formatted("0".repeat(64), rendered),
                rendered.replaceFirst("\n", " #%s\n".formatted("0".repeat(64))))) {
            Files.writeString(file, others);

            assertFalse(render().out().contains("provision.acl"));
            assertEquals(others, Files.readString(file));
        }
    }

    @Test
    void staysWhereUsersAreNotRenderedAtAll() {
        CommandRun run = CommandRun.in(folder, "render", "env", "--to", "out");

        assertEquals(0, run.code(), run.err());
        assertTrue(Files.exists(file));
    }
}
