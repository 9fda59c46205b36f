package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --only}: a platform team does its part without what the database team needs ({@code cli.md}). */
class PartsTest {

    @TempDir
    private Path folder;

    @Test
    void whoMakesTheFoldersNeedsNoServerAndNoFileForOne() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: {sql: only/the/database/team/has/them}}
                instances: {cache-A: {}}
                """);

        CommandRun volumes = CommandRun.in(folder, "init", "--only", "volumes");
        CommandRun all = CommandRun.in(folder, "plan");

        assertEquals(0, volumes.code(), volumes.err());
        assertTrue(Files.isDirectory(folder.resolve("volumes/cache-A/data")));
        assertEquals(2, all.code(), all.err());
        assertTrue(all.err().contains("the folder of `sql:` cannot be read"), all.err());
    }

    @Test
    void aPlanOfAnotherPartSaysWhatToSay() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);
        CommandRun.in(folder, "plan", "--only", "volumes", "--out", "the.plan");

        CommandRun other = CommandRun.in(folder, "init", "--only", "redis", "--plan", "the.plan");
        CommandRun same = CommandRun.in(folder, "init", "--only", "volumes", "--plan", "the.plan");

        assertEquals("""
                error: the.plan was made for volumes
                    say --only volumes
                """, other.err());
        assertEquals(0, same.code(), same.err());
    }
}
