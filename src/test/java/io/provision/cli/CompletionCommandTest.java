package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsWithIt() throws Exception {
        assertEquals("derive", completed("der"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            derive --naming p          | project-plan python-data-adapter
            --only ''                  | postgres redis volumes
            init --allow-hazard own    | ownership
            --output ''                | text json yaml
            derive -o ''               | text json yaml env
            verify -o ''               | text json yaml junit markdown html
            completion -o ''           | text
            render --redis-version ''  | 6.2 7.0 7.2
            status --color a           | auto always
            plan --log-format ''       | text json
            """)
    void itOffersTheWordsThatTheCommandTakes(String line, String words) throws Exception {
        assertEquals(words, completed(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "plan -f rev", "plan --out rev", "init --plan rev", "verify --report rev", "--metrics rev", "render all --to rev",
        "import rev",
    })
    void itOffersFilesWhereACommandTakesOne(String line) throws Exception {
        Files.writeString(folder.resolve("reviewed"), "");

        assertEquals("reviewed", completed(line));
    }

    @Test
    void zshTakesTheSameScript() {
        CommandRun run = CommandRun.in(folder, "completion", "zsh");

        assertEquals(0, run.code());
        assertTrue(run.out().contains("bashcompinit"));
    }

    /** What bash offers behind {@code provision} and these words, the last of which is being written. */
    private String completed(String words) throws Exception {
        Files.writeString(folder.resolve("completion"), CommandRun.in(folder, "completion", "bash").out());
        String script = """
                . ./completion
                compopt() { :; }
                COMP_WORDS=(provision %s) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE="${COMP_WORDS[*]}"
                _complete_provision
                echo "${COMPREPLY[@]}"
                """.formatted(words);

        Process bash = new ProcessBuilder("bash", "-c", script).directory(folder.toFile())
                .redirectErrorStream(true).start();

        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
