package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsWithIt() throws Exception {
        Files.writeString(folder.resolve("completion"), CommandRun.in(folder, "completion", "bash").out());
        String script = """
                . ./completion
                compopt() { :; }
                COMP_WORDS=(provision der) COMP_CWORD=1 COMP_LINE='provision der'
                _complete_provision
                echo "${COMPREPLY[@]}"
                """;

        Process bash = new ProcessBuilder("bash", "-c", script).directory(folder.toFile())
                .redirectErrorStream(true).start();

        assertEquals("derive\n", new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void zshTakesTheSameScript() {
        CommandRun run = CommandRun.in(folder, "completion", "zsh");

        assertEquals(0, run.code());
        assertTrue(run.out().contains("bashcompinit"));
    }
}
