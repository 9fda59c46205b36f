package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.VolumeResource.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderCommandsTest {

    private static final Path HERE = Path.of("/srv/shop");
    private static final Path ROOT = HERE.resolve("volumes");

    private final FolderCommands commands = new FolderCommands(HERE);

    @Test
    void aChangeReadsAsAPersonWouldTypeIt() {
        Folder data = FolderFixture.own(ROOT, "exchange-OKX", "data");
        Folder owned = FolderFixture.ownedBy("1000:1000", data);
        Folder foreign = FolderFixture.ownedBy("0:0", FolderFixture.folder(ROOT, 0777, false, "exchange-OKX", "data"));

        assertEquals(
                """
                mkdir -m 0750 volumes/exchange-OKX/data
                mkdir -m 0750 volumes/exchange-OKX/data && chown 1000:1000 volumes/exchange-OKX/data
                chown 1000:1000 volumes/exchange-OKX/data && chmod 0750 volumes/exchange-OKX/data
                chown 0:0 volumes/exchange-OKX/data && chmod 0777 volumes/exchange-OKX/data
                rmdir volumes/exchange-OKX/data
                """,
                String.join(
                        "\n",
                        commands.describe(FolderFixture.creating(data)),
                        commands.describe(FolderFixture.creating(owned)),
                        commands.describe(FolderFixture.altering(foreign, owned)),
                        commands.describe(FolderFixture.altering(foreign, owned).inverse()),
                        commands.describe(FolderFixture.removing(data)),
                        ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /srv/shop/volumes   | rmdir volumes
            /srv/shop           | rmdir /srv/shop
            /srv/shopping       | rmdir /srv/shopping
            /srv/shop/-rf       | rmdir ./-rf
            /srv/shop/my data   | rmdir 'my data'
            /srv/shop/Börse     | rmdir 'Börse'
            """)
    void pathsAreToldFromTheWorkingFolder(Path path, String command) {
        assertEquals(command, commands.describe(FolderFixture.removing(FolderFixture.own(path))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "\u001b[2J", "\u009b2J", "a\u0085b", "a\u2028b", "\u007f"})
    void whatWouldTearALineOrDriveATerminalIsEscaped(String name) {
        String command = commands.describe(FolderFixture.removing(FolderFixture.own(HERE.resolve(name))));

        assertTrue(command.matches("[ -~]+"), command);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "plain", "a b", "it's", "\"", "$HOME", "`id`", "a\\b", "two\nlines'\\", "\u001b[2J", "\u009b2J", "~", "東"})
    void aShellReadsTheNameAsItIs(String name, @TempDir Path temp) throws IOException, InterruptedException {
        Folder folder = FolderFixture.own(temp, name);

        Process shell = new ProcessBuilder(
                        "bash", "-c", new FolderCommands(temp).describe(FolderFixture.creating(folder)))
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();

        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), output);
        assertEquals(List.of(folder.path()), listing(temp));
    }

    private static List<Path> listing(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
